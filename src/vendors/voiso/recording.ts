import * as z from "zod";
import type { KindDraft } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { subjects } from "../../events/subject.ts";
import { readList, readRecord, readText } from "../../events/values/read.ts";
import { type Instant, readEpochSeconds } from "../../platform/time/instant.ts";
import { anything } from "../values/fields.ts";
import { readCall } from "./call.ts";
import { anyCallSchema } from "./call-schema.ts";
import type { EnvelopeContent } from "./envelope.ts";
import { frame } from "./frame.ts";

/** No page shows the name of the link; these are the likely ones. */
export const recordingSchema = z.object({
  ...anyCallSchema.shape,
  recording_url: anything,
  recording_link: anything,
  recording: anything,
  recordings: anything,
  url: anything,
  link: anything,
});

/** "A pre-signed link good for 24 hours" (developers.voiso.com/reference/call-recording-events). */
const LINK_SECONDS = 24 * 60 * 60;

/** Links of a call that lead elsewhere. */
const PAGES: ReadonlySet<string> = new Set(["cdr_url", "contacts_url"]);

export function normalizeRecording(content: EnvelopeContent): KindDraft {
  const { parts, times } = readCall(content, true);
  const { id } = parts.call;
  const common = frame(content, content.timestamp, Object.values(times));
  const url = findLink(content.members);
  return {
    ...common,
    type: "call.recording.available",
    subject: subjects.call(id),
    callId: id,
    data: { ...parts, recording: { url, expiresAt: url === undefined ? undefined : expiry(common.time?.at) } },
  };
}

function expiry(at: Instant | undefined): Instant | undefined {
  return at === undefined ? undefined : readEpochSeconds(Date.parse(at) / 1000 + LINK_SECONDS);
}

/** A link in a member named so, or one level below; a member that speaks of a recording comes first. */
function findLink(content: JsonObject, nested = true): string | undefined {
  const members = Object.entries(content).filter(([name]) => /record|link|url/i.test(name) && !PAGES.has(name));
  const likely = [...members.filter(([name]) => /record/i.test(name)), ...members];
  for (const [, value] of likely) {
    const [first] = readList(value);
    const text = readText(value) ?? readText(first);
    if (text !== undefined && /^https?:\/\//i.test(text)) return text;
    const inner = readRecord(value) ?? readRecord(first);
    const link = nested && inner !== undefined ? findLink(inner, false) : undefined;
    if (link !== undefined) return link;
  }
  return undefined;
}
