import { decodeTime, encodeTime, monotonicFactory } from "ulid";
import * as z from "zod";
import { random } from "../platform/random.ts";
import { shown } from "../platform/shown.ts";
import { hourOf } from "../platform/time/instant.ts";

const PREFIX = "rcpt_";
/** Characters of a ULID behind its time. */
const RANDOM_CHARACTERS = 16;

/** The id of one accepted webhook: `rcpt_` and a ULID. Receipts sort by the time of acceptance. */
export type Receipt = `${typeof PREFIX}${string}`;

/** A receipt whose ULID nobody looked at. */
export const receipt = z.templateLiteral([PREFIX, z.string()]).register(shown, { as: "open" });

/** A receipt that may have been given out. */
export const receiptId = z
  .templateLiteral([PREFIX, z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/)], "not a receipt")
  .register(shown, { as: "open" });

/** Texts that sort before every receipt, and after every one. */
export const FIRST_RECEIPT: Receipt = PREFIX;
export const LAST_RECEIPT: Receipt = `${PREFIX}~`;

let next = monotonicFactory(random);
let last = 0;

/** A new receipt: its ULID sorts by acceptance, within a millisecond too. `now`: milliseconds since the epoch. */
export function newReceipt(now: number): Receipt {
  if (now < last) next = monotonicFactory(random);
  last = now;
  return receiptOf(next(now));
}

/** The receipt of a ULID. */
export function receiptOf(ulid: string): Receipt {
  return `${PREFIX}${ulid}`;
}

/** Whether a text is meant as a receipt. */
export function isReceipt(text: string): text is Receipt {
  return text.startsWith(PREFIX);
}

/** The ULID of a receipt. */
export function ulidOf(receipt: Receipt): string {
  return receipt.slice(PREFIX.length);
}

/** Comes before every receipt given out at or after a time, in milliseconds since the epoch. */
export function receiptAt(time: number): Receipt {
  return receiptOf(encodeTime(Math.max(0, time)));
}

/** The first receipt that may be given out at a time, in milliseconds since the epoch. */
export function firstReceiptAt(time: number): Receipt {
  return `${receiptAt(time)}${"0".repeat(RANDOM_CHARACTERS)}`;
}

/** When a webhook was accepted, milliseconds since the epoch. Throws for a receipt that was never given out. */
export function acceptedAt(receipt: string): number {
  return decodeTime(receipt.slice(PREFIX.length));
}

/** The same; undefined for a receipt that was never given out. */
export function acceptedAtIfAny(receipt: string): number | undefined {
  return receiptId.safeParse(receipt).success ? acceptedAt(receipt) : undefined;
}

/** The UTC hour that a receipt counts for. One that was never given out counts for this hour. */
export function hourOfReceipt(receipt: string): string {
  return hourOf(acceptedAtIfAny(receipt) ?? Date.now());
}
