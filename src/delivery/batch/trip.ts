import type { Relay } from "../../config/load-relay.ts";
import type { TracedWork } from "../../platform/work.ts";
import type { RequestBudget } from "./request-budget.ts";

/** What all turns of one invocation share. The log of `env` is asked in time. */
export interface Trip extends TracedWork {
  readonly relay: Relay;
  readonly budget: RequestBudget;
}
