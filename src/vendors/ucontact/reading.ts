import type { BareDraft, Warning } from "../../events/draft.ts";
import type { JsonObject } from "../../events/json.ts";
import { type SourceSettings, zoneOf } from "../source-settings.ts";
import type { Webhook } from "../vendor.ts";
import { namesAZone, rebuildDate } from "./date.ts";

/** One webhook on its way to an event: its kind is known, its fields are not read yet. */
export interface Reading {
  readonly webhook: Webhook;
  readonly source: SourceSettings;
  readonly body: JsonObject;
  readonly vendorEvent: string;
  readonly warnings: readonly Warning[];
}

/** What all events of uContact have alike: their name, and the time that the broken date still tells. */
export function frame({ webhook, source, vendorEvent, warnings }: Reading, date: string | undefined) {
  const { zone, warnings: zoneWarnings } = zoneOf(source);
  const time = rebuildDate(date, webhook.receivedAt, zone);
  const ofZone = namesAZone(date) ? [] : zoneWarnings;
  const ofTime: Warning[] = time !== undefined ? ["time_rebuilt", ...ofZone] : date ? ["time_unreadable"] : [];
  return {
    vendorEvent,
    time,
    warnings: [...warnings, ...ofTime],
  } satisfies Partial<BareDraft>;
}
