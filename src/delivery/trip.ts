import type { Relay } from "../config/load.ts";
import type { RequestBudget } from "./request-budget.ts";

/** What all turns of one invocation share. The log of `env` is asked in time. */
export interface Trip {
  readonly env: Env;
  readonly relay: Relay;
  readonly budget: RequestBudget;
}

/** What cannot be done for a reason that may be its own ends after it has travelled on so often: after five minutes. */
export const MAX_REFUSALS = 5;
