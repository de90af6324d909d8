import type { Draft, Warning } from "../../events/draft.ts";
import { isObject } from "../../events/json.ts";
import { readRecord } from "../../events/values/read.ts";
import { type SourceSettings, unknown, type Webhook } from "../vendor.ts";
import { type Reading, readBodyKind, readEnvelope } from "./envelope.ts";
import { kindNamed } from "./kinds.ts";
import { describesPerson, entityFits, normalizePerson } from "./person-event.ts";
import { legacyKind, shares } from "./shape.ts";

/** From webhook to event: which kind, what content, and whether the two belong together. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const { body } = webhook;
  if (body === null || body === "") return unknown(webhook, undefined, "empty_body");
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  if (Object.keys(body).length === 0) return unknown(webhook, undefined, "empty_body");

  const told = readBodyKind(body) ?? legacyKind(body);
  const name = webhook.kind ?? told;
  const disagree = told !== undefined && told.toLowerCase() !== name?.toLowerCase();
  const mismatch: Warning[] = disagree ? ["kind_mismatch"] : [];
  const kind = name === undefined ? undefined : kindNamed(name);
  if (name === undefined || kind === undefined) return unknown(webhook, name, "unknown_kind", ...mismatch);

  const envelope = readEnvelope(body);
  const content = { ...readRecord(envelope.content[kind.entities[0]]), ...envelope.content };
  const person = describesPerson(content, envelope.entity, kind);
  if (!person && !shares(content, kind.schema)) return unknown(webhook, name, "no_known_field", ...mismatch);

  const stranger = person || !entityFits(envelope.entity, kind);
  const warnings: Warning[] = stranger ? [...mismatch, "entity_mismatch"] : mismatch;
  const reading: Reading = {
    ...envelope,
    content,
    kind: name.toLowerCase(),
    vendorEvent: name,
    source,
    text: webhook.text,
    warnings,
  };
  return person ? normalizePerson(reading, kind.type) : kind.normalize(reading);
}
