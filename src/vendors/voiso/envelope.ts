import * as z from "zod";
import type { Warning } from "../../events/draft.ts";
import { type Json, type JsonObject, parseJson } from "../../events/json.ts";
import type { Named } from "../../events/parts/work.ts";
import { readRecord, readText } from "../../events/values/read.ts";
import type { SourceSettings } from "../source-settings.ts";
import { anything, id, readFields, text } from "../values/fields.ts";

/**
 * What stands around the content. Every event page has `secret`, `data` and `object`; the first edition of the
 * overview has `key`, `payload` and `entity`. The two legacy hooks have no envelope.
 */
export const envelopeSchema = z.object({
  event: text,
  name: text,
  object: text,
  entity: text,
  timestamp: anything,
  activity_timestamp: anything,
  secret: anything,
  key: anything,
  contact_center_id: id(),
  data: anything,
  payload: anything,
});

/** One webhook of a known kind, taken out of its envelope. */
export interface EnvelopeContent {
  readonly kind: string;
  /** The entity that the envelope says the content describes. */
  readonly entity: string | undefined;
  readonly members: JsonObject;
  readonly timestamp: Json | undefined;
  /** A sample prints an agent's `activity_timestamp` outside the content. */
  readonly activityTimestamp: Json | undefined;
  readonly tenant: Named;
  readonly source: SourceSettings;
  readonly warnings: readonly Warning[];
}

/** The name of the event, where the body has one. */
export function readBodyKind(body: JsonObject): string | undefined {
  return readText(body.event);
}

/** Takes the content out; where both editions of the envelope stand, the newer counts. */
export function readEnvelope(body: JsonObject): Omit<EnvelopeContent, "kind" | "source" | "warnings"> {
  const envelope = readFields(envelopeSchema, body);
  return {
    entity: envelope.object ?? envelope.entity,
    members: readMembers(envelope.data) ?? readMembers(envelope.payload) ?? bareMembers(body),
    timestamp: envelope.timestamp,
    activityTimestamp: envelope.activity_timestamp,
    tenant: { id: envelope.contact_center_id },
  };
}

/** An object, or in a form the JSON text of one. */
function readMembers(value: Json | undefined): JsonObject | undefined {
  const text = readText(value);
  if (!text?.startsWith("{")) return readRecord(value);
  try {
    return readRecord(parseJson(text));
  } catch {
    return undefined;
  }
}

function bareMembers(body: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !Object.hasOwn(envelopeSchema.shape, name)));
}
