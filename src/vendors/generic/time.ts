import type { Warning } from "../../events/draft.ts";
import { type Instant, readEpochSeconds, readLocalTime, readOffsetTime } from "../../events/values/time.ts";
import { type Mapping, type SourceSettings, zoneOf } from "../vendor.ts";

/** As seconds, this is the year 5138: a larger number counts milliseconds. */
const MOST_SECONDS = 1e11;
const COUNT = /^\d+(\.\d+)?$/;

/** A time as the source writes it: with its offset, as local time, or counted from the epoch. */
export function readMoment(
  written: string | undefined,
  source: SourceSettings,
): { readonly at: Instant | undefined; readonly warnings: readonly Warning[] } {
  if (written === undefined) return { at: undefined, warnings: [] };
  const exact = readExact(written, source.generic?.timeFormat);
  if (exact !== undefined) return { at: exact, warnings: [] };
  const { zone, warnings } = zoneOf(source);
  const local = readLocalTime(written, zone);
  return { at: local, warnings: local === undefined ? ["time_unreadable"] : warnings };
}

function readExact(written: string, format: Mapping["timeFormat"]): Instant | undefined {
  if (format === "iso" || !COUNT.test(written)) return readOffsetTime(written);
  const count = Number(written);
  const milliseconds = format === undefined ? count > MOST_SECONDS : format === "milliseconds";
  return readEpochSeconds(milliseconds ? count / 1000 : count);
}
