import type { Warning } from "../../events/draft.ts";
import { readRecord } from "../../events/values/read.ts";
import type { Reading, ReadKind } from "../kind.ts";
import { readFields } from "../values/fields.ts";
import { windowOf } from "../windows.ts";
import { type EnvelopeContent, readEnvelope } from "./envelope.ts";
import type { ContentKind } from "./kinds.ts";
import { describesPerson, draftOfPerson, entityFits } from "./person-event.ts";
import { shares } from "./shape.ts";
import { isTime } from "./times.ts";

/** Takes a webhook out of its envelope, and sees whether the two belong together. */
export function readContent(kind: ContentKind, reading: Reading): ReadKind | undefined {
  const envelope = readEnvelope(reading.body);
  const members = { ...readRecord(envelope.members[kind.entities[0]]), ...envelope.members };
  const person = describesPerson(members, envelope.entity, kind);
  if (!person && !shares(members, kind.schema)) return undefined;

  const stranger = person || !entityFits(envelope.entity, kind);
  const warnings: Warning[] = stranger ? ["entity_mismatch"] : [];
  const content: EnvelopeContent = { ...envelope, members, kind: reading.kind, source: reading.source, warnings };
  const draft = person ? draftOfPerson(content, kind.type) : kind.draft(content);
  return { draft, windowMs: windowIn(content, kind, person) };
}

/** A person's id is never that of a message, whatever the event is called. */
function windowIn(
  { members, timestamp, activityTimestamp }: EnvelopeContent,
  kind: ContentKind,
  person: boolean,
): number {
  const envelope = new Map([
    ["timestamp", timestamp],
    ["activity_timestamp", activityTimestamp],
  ]);
  return windowOf(kind.window, {
    hasTime: (name) => isTime(envelope.get(name)) || isTime(members[name]),
    hasId: (name) => !person && readFields(kind.schema, members)[name] !== undefined,
  });
}
