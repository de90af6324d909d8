import * as z from "zod";
import { openText, personal, shown, subjectText } from "../platform/shown.ts";
import { toInstant } from "../platform/time/instant.ts";
import type { BareDraft } from "./draft.ts";
import { type EventId, eventId } from "./event-id.ts";
import { isObject, type Json } from "./json.ts";
import { sourceUri } from "./own-source.ts";
import { type Receipt, ulidOf } from "./receipt.ts";
import { traceParent } from "./trace-parent.ts";
import { type EventType, eventTypes } from "./types.ts";

const timeSource = z.enum(["vendor", "derived", "received"]).meta({
  title: "TimeSource",
  description:
    "How time is known: the vendor told it, it was rebuilt from what the vendor told, or it is when it came.",
});

/** The CloudEvents 1.0 envelope in structured JSON; extension attributes are lower-case letters and digits. */
export const envelope = z.object({
  specversion: z.literal("1.0").describe("The version of CloudEvents."),
  id: eventId.describe("The same for the same event, however often it is sent: keep events by it."),
  source: openText
    .regex(/^\/(?:sources\/.|relay$)/)
    .describe("/sources/ and the account's name in the configuration; /relay of what the relay tells of itself."),
  type: z.enum(eventTypes).describe("What happened."),
  subject: subjectText
    .describe("What it is about: call/…, agent/…, ticket/<project>/<id>; 512 characters at most.")
    .optional(),
  time: z.iso.datetime().describe("When it happened; RFC 3339 in UTC."),
  timesource: timeSource,
  datacontenttype: z.literal("application/json").describe("What data is written in."),
  dataschema: z.url().register(shown, { as: "open" }).describe("Where the JSON Schema of data is served."),
  callid: openText.describe("The call's id, when the event belongs to a call.").optional(),
  vendor: openText.describe("The vendor that sent it."),
  vendorevent: openText.describe("The vendor's own word for the event."),
  receivedtime: z.iso.datetime().describe("When the relay accepted it; RFC 3339 in UTC."),
  sequence: openText.describe("The receipt's ULID: sorts by acceptance."),
  corrects: openText.describe("The id of the event that this one corrects.").optional(),
  traceparent: traceParent.optional(),
  data: z.record(z.string(), personal),
});

/** An event as it is stored and delivered: a CloudEvent. */
export type HookEvent = z.infer<typeof envelope>;

/** What the relay knows of a webhook beside its content. */
export interface Acceptance {
  readonly eventId: EventId;
  readonly source: string;
  readonly vendor: string;
  readonly receipt: Receipt;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  readonly publicUrl: string;
  readonly traceparent?: string | undefined;
  /** The vendor's body, scrubbed. */
  readonly raw: Json;
  readonly warnings: readonly string[];
}

/** Where the JSON Schema of a type's data is served. */
export function dataSchemaUrl(publicUrl: string, type: EventType): string {
  let end = publicUrl.length;
  while (publicUrl.charAt(end - 1) === "/") end--;
  return `${publicUrl.slice(0, end)}/schemas/data/${type}/1.json`;
}

/** Puts a draft into its envelope. `data.raw` always stands in the stored event; delivery takes it out where it is not wanted. */
export function seal(draft: BareDraft, acceptance: Acceptance): HookEvent {
  const receivedTime = toInstant(acceptance.receivedAt);
  const warnings = [...new Set([...acceptance.warnings, ...draft.warnings])];
  return {
    specversion: "1.0",
    id: acceptance.eventId,
    source: sourceUri(acceptance.source),
    type: draft.type,
    ...(draft.subject === undefined ? {} : { subject: draft.subject }),
    time: draft.time?.at ?? receivedTime,
    timesource: draft.time?.from ?? "received",
    datacontenttype: "application/json",
    dataschema: dataSchemaUrl(acceptance.publicUrl, draft.type),
    ...(draft.callId === undefined ? {} : { callid: draft.callId }),
    vendor: acceptance.vendor,
    vendorevent: draft.vendorEvent,
    receivedtime: receivedTime,
    sequence: ulidOf(acceptance.receipt),
    ...(acceptance.traceparent === undefined ? {} : { traceparent: acceptance.traceparent }),
    data: { ...known(draft.data), ...(warnings.length > 0 ? { warnings } : {}), raw: acceptance.raw },
  };
}

/** The parts without what is unknown: no undefined, no empty object. */
function known(value: object): Record<string, unknown> {
  const entries = Object.entries(value).flatMap(([name, field]): [string, unknown][] => {
    if (field === undefined) return [];
    if (!isObject(field)) return [[name, field]];
    const inner = known(field);
    return Object.keys(inner).length > 0 ? [[name, inner]] : [];
  });
  return Object.fromEntries(entries);
}
