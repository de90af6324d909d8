import { LEAST_PATIENCE_MS } from "../src/delivery/fan-out/patience.ts";

/** A machine with other work is that many times slower; what is to take longer than a batch waits takes ten times as long. */
const FACTOR = 5;
const given = Symbol.for("hookswitch.patience");

/** Lets batches wait longer for a receiver that is well: on a machine with other work it may need more than they usually wait. */
export function givePatience(): void {
  if (given in globalThis) return;
  const real = globalThis.setTimeout;
  const patient = (callback: (...args: unknown[]) => void, delay = 0, ...rest: unknown[]) =>
    real(callback, delay === LEAST_PATIENCE_MS ? delay * FACTOR : delay, ...rest);
  Object.assign(globalThis, { setTimeout: patient, [given]: true });
}
