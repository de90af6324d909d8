import { failedTooOften, LIMITER_PERIOD_SECONDS } from "../../config/limit-failures.ts";
import type { Source } from "../../config/load.ts";
import { describePlace } from "../keys/places.ts";
import type { Proof } from "../keys/prove-request.ts";
import type { Visit } from "../visit.ts";
import { noteRejection } from "./note-rejection.ts";
import { reject } from "./reject.ts";

/** What a request without a live key showed: where it was looked for, never what was found. */
export interface Stranger {
  /** The id in the URL; empty when somebody put a key in its place. */
  readonly id: string;
  readonly source: Source | undefined;
  readonly presented: boolean;
  readonly body: Proof["body"];
  readonly address: string | undefined;
}

/** The one answer to everybody without a live key; to one who comes too often, that it is too often. */
export async function rejectStranger(stranger: Stranger, visit: Visit): Promise<Response> {
  const { id, source, presented, body, address } = stranger;
  const limited = await failedTooOften(visit.env, address ?? "unknown");
  const reason = source === undefined ? "unknown_source" : presented ? "wrong_key" : "no_key";
  const places = source?.auth ?? [];
  const unread = body !== "read" && places.some((place) => place.in === "body") ? { body } : {};
  noteRejection({ source: id, reason, detail: { places: places.map(describePlace), ...unread } }, visit);
  const line = { reason, source: source?.id };
  return limited
    ? reject("too_many_failures", line, visit, "Too many requests without a live key came from this address.", {
        "retry-after": String(LIMITER_PERIOD_SECONDS),
      })
    : reject("unauthorized", line, visit);
}
