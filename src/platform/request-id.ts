import { decodeTime, encodeTime, ulid } from "ulid";
import * as z from "zod";
import { random } from "./random.ts";
import { shown } from "./shown.ts";

const PREFIX = "req_";

/** The id of one request: `req_` and a ULID. Errors name it as their instance, and a refused request is found by it. */
export type RequestId = `${typeof PREFIX}${string}`;

/** An id that was given out, as the log keeps it. */
export const requestId = z.templateLiteral([PREFIX, z.string()]).register(shown, { as: "open" });

/** Whether a text is meant as the id of a request. */
export function isRequestId(text: string): text is RequestId {
  return text.startsWith(PREFIX);
}

/** The id of a request that comes now. `now`: milliseconds since the epoch. */
export function newRequestId(now: number = Date.now()): RequestId {
  return `${PREFIX}${ulid(now, random)}`;
}

/** Comes before every id given out at or after a time, in milliseconds since the epoch. */
export function requestIdAt(time: number): RequestId {
  return `${PREFIX}${encodeTime(Math.max(0, time))}`;
}

/** When a request came, milliseconds since the epoch. Throws for an id that was never given out. */
export function requestedAt(id: RequestId): number {
  return decodeTime(id.slice(PREFIX.length));
}
