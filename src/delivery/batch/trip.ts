import type { Relay } from "../../config/load-relay.ts";
import type { TracedWork } from "../../platform/work.ts";
import type { RequestBudget } from "./request-budget.ts";

/** Lets attempts go on behind their batch; what they then use of the log has not been waited for before. */
export type Behind = (work: (env: Env) => Promise<unknown>) => void;

/** The work of a batch. What it defers is done with soon. */
export interface BatchWork extends TracedWork {
  readonly behind: Behind;
}

/** What all turns of one invocation share. The log of `env` is asked in time. */
export interface Trip extends BatchWork {
  readonly relay: Relay;
  readonly budget: RequestBudget;
}
