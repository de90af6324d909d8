import { monotonicFactory } from "ulid";

let next = monotonicFactory();
let last = 0;

/** A new receipt: its ULID sorts by acceptance, within a millisecond too. `now`: milliseconds since the epoch. */
export function newReceipt(now: number): string {
  if (now < last) next = monotonicFactory();
  last = now;
  return `rcpt_${next(now)}`;
}
