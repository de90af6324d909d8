/** A line of the table that the chaos suite prints at the end. */
export interface Counted {
  readonly fault: string;
  readonly runs: number;
  readonly events: number;
  readonly lost: number;
  readonly duplicated: number;
  /** What else is worth telling. */
  readonly note?: string;
}

declare module "vitest" {
  interface TaskMeta {
    chaos?: Counted;
  }
}
