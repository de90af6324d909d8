import type { KindDraft, Warning } from "../../events/draft.ts";
import type { Reading } from "../kind.ts";
import { zoneOf } from "../source-settings.ts";
import { namesAZone, rebuildDate } from "./date.ts";

/** What all events of uContact have alike: the time that the broken date still tells. */
export function frame({ webhook, source }: Reading, date: string | undefined) {
  const { zone, warnings } = zoneOf(source);
  const time = rebuildDate(date, webhook.receivedAt, zone);
  const ofZone = namesAZone(date) ? [] : warnings;
  const ofTime: Warning[] = time !== undefined ? ["time_rebuilt", ...ofZone] : date ? ["time_unreadable"] : [];
  return { time, warnings: ofTime } satisfies Partial<KindDraft>;
}
