import type { Relay } from "../../config/load-relay.ts";
import type { RequestBudget } from "./request-budget.ts";

/** What all turns of one invocation share. The log of `env` is asked in time. */
export interface Trip {
  readonly env: Env;
  readonly relay: Relay;
  readonly budget: RequestBudget;
}
