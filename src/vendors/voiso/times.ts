import type { Warning } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import { readNumber, readText } from "../../events/values/read.ts";
import { type Instant, readEpochSeconds, readLocalTime, readOffsetTime } from "../../events/values/time.ts";
import { type SourceSettings, zoneOf } from "../vendor.ts";

/** A time in any of Voiso's forms: `Z`, `+0000`, or epoch seconds with a fraction, as number or text. */
export function readMoment(value: Json | undefined, source: SourceSettings): Instant | undefined {
  const text = readText(value);
  return readOffsetTime(text) ?? readEpochSeconds(readNumber(value)) ?? readLocalTime(text, zoneOf(source).zone);
}

/** What there is to say about how these times were read. */
export function timeWarnings(values: readonly (Json | undefined)[], source: SourceSettings): Warning[] {
  return values.flatMap((value): Warning[] => {
    const text = readText(value);
    if (text === undefined || Number(text) === 0) return [];
    if (readMoment(value, source) === undefined) return ["time_unreadable"];
    return readLocalTime(text, "UTC") === undefined ? [] : zoneOf(source).warnings;
  });
}
