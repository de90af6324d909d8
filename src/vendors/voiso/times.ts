import type { Warning } from "../../events/draft.ts";
import type { Json } from "../../events/json.ts";
import { readNumber, readText } from "../../events/values/read.ts";
import { type Instant, readEpochSeconds, readOffsetTime } from "../../platform/time/instant.ts";
import type { SourceSettings } from "../source-settings.ts";
import { isTime as isAnyTime, type Moment, readMoment as readAnyMoment } from "../values/moment.ts";

/** A time in any of Voiso's forms: `Z`, `+0000`, or epoch seconds with a fraction, as number or text. */
export function readMoment(value: Json | undefined, source: SourceSettings): Instant | undefined {
  return read(value, source).at;
}

/** Whether a value is a time in any of these forms. */
export function isTime(value: Json | undefined): boolean {
  return isAnyTime(textOf(value), readExact);
}

/** What there is to say about how these times were read. */
export function timeWarnings(values: readonly (Json | undefined)[], source: SourceSettings): Warning[] {
  return values.flatMap((value) => read(value, source).warnings);
}

function read(value: Json | undefined, source: SourceSettings): Moment {
  return readAnyMoment(textOf(value), source, readExact);
}

/** Zero is no time. */
function textOf(value: Json | undefined): string | undefined {
  return readNumber(value) === 0 ? undefined : readText(value);
}

function readExact(text: string): Instant | undefined {
  return readOffsetTime(text) ?? readEpochSeconds(readNumber(text));
}
