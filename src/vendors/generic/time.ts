import { readNumber } from "../../events/values/read.ts";
import { type Instant, readEpochSeconds, readOffsetTime } from "../../platform/time/instant.ts";
import type { Mapping } from "../source-settings.ts";

/** A larger number counts milliseconds: as seconds, this is the year 5138. */
const MOST_SECONDS = 1e11;

/** A time that needs no zone: with its offset, or counted from the epoch. */
export function readExact(written: string, format: Mapping["timeFormat"]): Instant | undefined {
  const count = format === "iso" ? undefined : readNumber(written);
  if (count === undefined) return readOffsetTime(written);
  const milliseconds = format === undefined ? count > MOST_SECONDS : format === "milliseconds";
  return readEpochSeconds(milliseconds ? count / 1000 : count);
}
