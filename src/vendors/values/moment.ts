import type { Warning } from "../../events/draft.ts";
import { type Instant, readLocalTime, readOffsetTime } from "../../platform/time/instant.ts";
import { type SourceSettings, zoneOf } from "../source-settings.ts";

/** A time that was read, and what there is to say about it. */
export interface Moment {
  readonly at: Instant | undefined;
  readonly warnings: readonly Warning[];
}

/** Whether a text is a time, whichever zone it may be of. */
export function isTime(
  written: string | undefined,
  readExact: (written: string) => Instant | undefined = readOffsetTime,
): boolean {
  return written !== undefined && (readExact(written) ?? readLocalTime(written, "UTC")) !== undefined;
}

/**
 * A time as a vendor writes it: exact by itself, else the local time of the source's zone.
 * @param readExact reads the forms that need no zone; by default only those with an offset
 */
export function readMoment(
  written: string | undefined,
  source: SourceSettings,
  readExact: (written: string) => Instant | undefined = readOffsetTime,
): Moment {
  if (written === undefined) return { at: undefined, warnings: [] };
  const exact = readExact(written);
  if (exact !== undefined) return { at: exact, warnings: [] };
  const { zone, warnings } = zoneOf(source);
  const at = readLocalTime(written, zone);
  return { at, warnings: at === undefined ? ["time_unreadable"] : warnings };
}
