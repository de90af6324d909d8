import type { Draft, Warning } from "../../events/draft.ts";
import { isObject } from "../../events/json.ts";
import { readRecord } from "../../events/values/read.ts";
import type { SourceSettings } from "../source-settings.ts";
import { unknown, type Webhook } from "../vendor.ts";
import { windowOf } from "../windows.ts";
import { type Reading, readBodyKind, readEnvelope } from "./envelope.ts";
import { type Kind, kindNamed } from "./kinds.ts";
import { describesPerson, entityFits, normalizePerson } from "./person-event.ts";
import { legacyKind, shares } from "./shape.ts";
import { isTime } from "./times.ts";

/** From webhook to event: which kind, what content, and whether the two belong together. */
export function normalize(webhook: Webhook, source: SourceSettings): Draft {
  const told = isObject(webhook.body) ? (readBodyKind(webhook.body) ?? legacyKind(webhook.body)) : undefined;
  const name = webhook.kind ?? told;
  // Kinds are compared without case.
  return { ...read(webhook, source, name, told), kind: name?.toLowerCase() ?? "" };
}

function read(webhook: Webhook, source: SourceSettings, name: string | undefined, told: string | undefined): Draft {
  const { body } = webhook;
  if (body === null || body === "") return unknown(webhook, undefined, "empty_body");
  if (!isObject(body)) return unknown(webhook, undefined, "not_an_object");
  if (Object.keys(body).length === 0) return unknown(webhook, undefined, "empty_body");

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
  const reading: Reading = { ...envelope, content, kind: name.toLowerCase(), vendorEvent: name, source, warnings };
  const draft = person ? normalizePerson(reading, kind.type) : kind.normalize(reading);
  return { ...draft, kind: reading.kind, window: windowIn(reading, kind, person) };
}

/** A person's id is never that of a message, whatever the event is called. */
function windowIn({ content, timestamp, activityTimestamp }: Reading, kind: Kind, person: boolean): number {
  const envelope = new Map([
    ["timestamp", timestamp],
    ["activity_timestamp", activityTimestamp],
  ]);
  return windowOf(kind.window, {
    hasTime: (name) => isTime(envelope.get(name)) || isTime(content[name]),
    hasId: (name) => !person && kind.schema.parse(content)[name] !== undefined,
  });
}
