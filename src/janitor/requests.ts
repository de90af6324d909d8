/** The Free plan allows 50 requests for one invocation, each statement of the log counted; what goes on behind is left room. */
const MAX_REQUESTS = 47;

/** The requests that one tick of cron may still make. */
export class Requests {
  #allowed = MAX_REQUESTS;
  #made = 0;

  get left(): number {
    return this.#allowed - this.#made;
  }

  /** Allows more of them; never fewer. */
  allow(requests: number): void {
    this.#allowed = Math.max(this.#allowed, requests);
  }

  /** Counts requests that are made. */
  count(requests: number): void {
    this.#made += requests;
  }
}
