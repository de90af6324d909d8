import type { Responder } from "../config/responders.ts";

/** So many failures in a row, and a responder counts as dead. */
const DEAD_AFTER = 5;
/** A dead one is tried again so often, by one question at a time. */
const TRY_EVERY_MS = 5000;

/** How a question is put: like any other, or as the one that tries a dead responder. */
export type Turn = "usual" | "trial";

/** What this isolate knows of the health of one responder. Times are milliseconds since the epoch. */
export class Pulse {
  #failures = 0;
  /** When a dead one may be tried again. */
  #next = 0;

  /** Whether a question may be put now; undefined where nobody would answer it. */
  take(now: number, timeoutMs: number): Turn | undefined {
    if (this.#failures < DEAD_AFTER) return "usual";
    if (now < this.#next) return undefined;
    // Nobody else tries meanwhile, nor for ever should the trial be cut off together with its request.
    this.#next = now + timeoutMs + TRY_EVERY_MS;
    return "trial";
  }

  /** Takes down how a question ended. @param began when its turn was taken */
  note(isAlive: boolean, turn: Turn, began: number, now: number): void {
    if (isAlive) {
      this.#failures = 0;
      return;
    }
    this.#failures += 1;
    if (turn === "trial") this.#next = Math.max(now, began + TRY_EVERY_MS);
    else if (this.#failures === DEAD_AFTER) this.#next = now + TRY_EVERY_MS;
  }
}

/** One for each responder of each version of the configuration: with a new version everything is tried anew. */
const pulses = new WeakMap<Responder, Pulse>();

/** The pulse of a responder. */
export function pulseOf(responder: Responder): Pulse {
  const known = pulses.get(responder) ?? new Pulse();
  pulses.set(responder, known);
  return known;
}
