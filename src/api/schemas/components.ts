import { anyEvent, titleOf } from "../../events/schemas.ts";
import type { EventType } from "../../events/types.ts";
import { define } from "../../platform/json-schema/define.ts";
import type { JsonSchema } from "../../platform/json-schema/inner.ts";
import { inVersion } from "../../platform/json-schema/version.ts";

const PLACE = "#/components/schemas/";

/** Every event and what it is made of, for a document that has its schemas under `components`. */
export function eventComponents(): Readonly<Record<string, JsonSchema>> {
  return define(inVersion(anyEvent(), Number.POSITIVE_INFINITY), PLACE).$defs ?? {};
}

/** Where such a document has the events of a type. */
export function componentOf(type: EventType): { readonly $ref: string } {
  return { $ref: `${PLACE}${titleOf(type)}` };
}

/** The headers of a delivery that a receiver reads. */
export const deliveryHeaders = {
  "webhook-id": "The event's id, the same at every attempt.",
  "webhook-timestamp": "When this attempt was made; seconds since 1970.",
  "webhook-signature":
    "The signatures of this attempt, one for each live secret, with blanks between (Standard Webhooks).",
  "webhook-attempt": "1 for the first.",
  "webhook-replay": "1 where an operator had it sent again.",
} as const;

/** Headers that are there at every delivery. */
export const surelyThere: readonly string[] = [
  "webhook-id",
  "webhook-timestamp",
  "webhook-signature",
  "webhook-attempt",
];
