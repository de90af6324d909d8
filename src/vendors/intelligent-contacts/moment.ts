import type { Warning } from "../../events/draft.ts";
import { text } from "../../events/values/fields.ts";
import { type Instant, readLocalTime, readOffsetTime } from "../../events/values/time.ts";
import { type SourceSettings, zoneOf } from "../vendor.ts";

/** A time as text. Zero is none, also MySQL's zero date. */
export const moment = text.transform((written) => (/^0+(-00-00.*)?$/.test(written ?? "") ? undefined : written));

/** Reads a time of the instance's own zone: the vendor writes none beside it. */
export function readMoment(
  written: string | undefined,
  source: SourceSettings,
): { at: Instant | undefined; warnings: Warning[] } {
  if (written === undefined) return { at: undefined, warnings: [] };
  const exact = readOffsetTime(written);
  if (exact !== undefined) return { at: exact, warnings: [] };
  const { zone, warnings } = zoneOf(source);
  const at = readLocalTime(written, zone);
  return { at, warnings: at === undefined ? ["time_unreadable"] : warnings };
}
