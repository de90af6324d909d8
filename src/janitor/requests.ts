import { lookupIn } from "../platform/lookup.ts";

/** The Free plan allows 50 requests for one invocation, each statement of the log counted; what goes on behind is left room. */
const MAX_REQUESTS = 46;

/** The requests that one tick of cron may still make. */
export class Requests {
  #left: number;

  /** @param env the bindings; the variable `REQUESTS_PER_BATCH` says that the plan allows more */
  constructor(env: object) {
    this.#left = Math.max(MAX_REQUESTS, Number(lookupIn(env)("REQUESTS_PER_BATCH")) || 0);
  }

  get left(): number {
    return this.#left;
  }

  /** Counts requests that are made. */
  count(requests: number): void {
    this.#left -= requests;
  }
}
