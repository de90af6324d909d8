/** Who sent a request, by what it says of itself and by its address; neither is proved or scrubbed. */
export interface Sender {
  readonly agent: string | undefined;
  readonly address: string | undefined;
}

/** One request, and what its handling may use. */
export interface Visit {
  readonly env: Env;
  /** Milliseconds since the epoch, when the request came. */
  readonly now: number;
  /** The request's id, as errors name it. */
  readonly instance: string;
  readonly sender: Sender;
  /** Work that goes on after the response. */
  readonly defer: (work: Promise<unknown>) => void;
}
