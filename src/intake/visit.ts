/** One request, and what its handling may use. */
export interface Visit {
  readonly env: Env;
  /** Milliseconds since the epoch, when the request came. */
  readonly now: number;
  /** The request's id, as errors name it. */
  readonly instance: string;
  /** Work that goes on after the response. */
  readonly behind: (work: Promise<unknown>) => void;
}
