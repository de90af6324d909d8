import { type PlanName, requestsAllowed } from "../../config/plan.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { Connections } from "./connections.ts";

/**
 * The Free plan allows 50 requests for one invocation, those to the log, the queues and the gates included. What is over
 * is left to the retries, which costs rows and messages.
 */
const MAX_REQUESTS = 40;
const MIN_REQUESTS = 10;
const REQUESTS_PER_GATE = 2;
/** An attempt that goes on behind its batch has to be recorded by itself, and what follows has its wake-up. */
const REQUESTS_BEHIND = 2;
/** What a turn asks of log and queues; for the first turn it is set aside already. */
const REQUESTS_PER_TURN = 4;

/** The requests that one invocation may still make, over all its turns. */
export class RequestBudget {
  /** How many of them may be under way at once. */
  readonly connections = new Connections();
  #left: number;
  #turns = 0;

  /**
   * @param env the bindings and variables
   * @param plan that of the account, as far as somebody said
   * @param spent requests that the invocation has made before
   */
  constructor(env: object, plan: PlanName | undefined, spent = 0) {
    this.#left = Math.max(MIN_REQUESTS, (requestsAllowed(plan, lookupIn(env)) ?? MAX_REQUESTS) - spent);
  }

  /** Begins a turn; false when there is nothing left for it. The first always has its turn. */
  begin(): boolean {
    this.#turns += 1;
    if (this.#turns === 1) return true;
    this.#left -= REQUESTS_PER_TURN;
    return this.#left > 0;
  }

  /** Sets aside what the gates of a turn need; the first turn can make some requests all the same. */
  openGates(gates: number): void {
    this.#left = Math.max(this.#left - REQUESTS_PER_GATE * gates, this.#turns <= 1 ? MIN_REQUESTS : 0);
  }

  /** Sets aside what an attempt needs that goes on behind its batch. */
  goOnBehind(): void {
    this.#left -= REQUESTS_BEHIND;
  }

  /** Takes one request; false when none is left. */
  take(): boolean {
    if (this.#left <= 0) return false;
    this.#left -= 1;
    return true;
  }
}
