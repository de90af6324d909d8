import { type Instant, readEpochSeconds, readOffsetTime } from "../../events/values/time.ts";
import type { Mapping } from "../vendor.ts";

/** As seconds, this is the year 5138: a larger number counts milliseconds. */
const MOST_SECONDS = 1e11;
const COUNT = /^\d+(\.\d+)?$/;

/** A time that needs no zone: with its offset, or counted from the epoch. */
export function readExact(written: string, format: Mapping["timeFormat"]): Instant | undefined {
  if (format === "iso" || !COUNT.test(written)) return readOffsetTime(written);
  const count = Number(written);
  const milliseconds = format === undefined ? count > MOST_SECONDS : format === "milliseconds";
  return readEpochSeconds(milliseconds ? count / 1000 : count);
}
