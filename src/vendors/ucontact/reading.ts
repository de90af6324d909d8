import { type Draft, IDENTITY_WINDOW, type Warning } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { toInstant } from "../../events/values/time.ts";
import { type SourceSettings, type Webhook, zoneOf } from "../vendor.ts";
import { rebuildDate } from "./date.ts";

/** One webhook on its way to an event: its kind is known, its fields are not read yet. */
export interface Reading {
  readonly webhook: Webhook;
  readonly source: SourceSettings;
  readonly body: JsonObject;
  readonly vendorEvent: string;
  readonly warnings: readonly Warning[];
}

/** `yyyy-MM` of an instant. */
const MONTH_LENGTH = 7;
const NAMES_A_SECOND = /\d:\d\d:\d\d/;

/**
 * What all events of uContact have alike: the time that the broken date still tells, and the identity. Bodies have no
 * id, so the vendor's own words make one: the event, its date as written, and `words`, what else tells it from others.
 */
export function frame({ webhook, source, vendorEvent, warnings }: Reading, date: string | undefined, words: string[]) {
  const { zone, warnings: zoneWarnings } = zoneOf(source);
  const time = rebuildDate(date, webhook.receivedAt, zone);
  const ofTime: Warning[] = time !== undefined ? ["time_rebuilt", ...zoneWarnings] : date ? ["time_unreadable"] : [];
  return {
    vendorEvent,
    time,
    warnings: [...warnings, ...ofTime],
    identity: [vendorEvent, date ?? "", occasion(date, time?.at, webhook.receivedAt), ...words],
    window: IDENTITY_WINDOW,
  } satisfies Partial<Draft>;
}

/**
 * Keeps apart events whose dates read alike: the text lacks its month, so it comes again a month later. A text that
 * does not name a second cannot tell two logins of a day apart; then each receipt is an event of its own.
 */
function occasion(date: string | undefined, at: string | undefined, receivedAt: number): string {
  if (at !== undefined) return at.slice(0, MONTH_LENGTH);
  return NAMES_A_SECOND.test(date ?? "") ? toInstant(receivedAt).slice(0, MONTH_LENGTH) : String(receivedAt);
}
