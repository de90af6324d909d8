import type { Warning } from "../../events/draft.ts";
import { readNumber } from "../../events/values/read.ts";
import { type Instant, readEpochSeconds, readOffsetTime } from "../../platform/time/instant.ts";
import type { SourceSettings } from "../source-settings.ts";
import { isTime as isAnyTime, readMoment } from "../values/moment.ts";

/** Reads the times of one webhook and gathers what must be remarked about them. */
export interface Times {
  readonly read: (text: string | undefined) => Instant | undefined;
  /** The remarks; complete when the last time was read. */
  readonly warnings: () => Warning[];
}

/** Seconds count from the year 1973 to 5138; larger numbers are milliseconds up to the year 2286: longer ones are written dates. */
const MIN_EPOCH_SECONDS = 1e8;
const MIN_EPOCH_MILLISECONDS = 1e11;
const MAX_EPOCH_MILLISECONDS = 1e13;

/** Whether a text stands for "no time": zero, or the zero date of MySQL. */
export function isNoTime(text: string): boolean {
  return Number(text) === 0 || text.startsWith("0000-00-00");
}

/** Whether a text is a time, whichever zone it may be of. */
export function isTime(text: string | undefined): boolean {
  return text !== undefined && !isNoTime(text) && isAnyTime(text, readExact);
}

/**
 * `timestamp` carries its offset, `create_time` and its like are the call centre's local time, and the times of a ticket
 * are typed as integers but described as ISO texts: all forms are read everywhere.
 */
export function timesOf(source: SourceSettings): Times {
  const warnings = new Set<Warning>();
  return {
    warnings: () => [...warnings],
    read: (text) => {
      const { at, warnings: remarks } = readMoment(
        text === undefined || isNoTime(text) ? undefined : text,
        source,
        readExact,
      );
      for (const remark of remarks) warnings.add(remark);
      return at;
    },
  };
}

function readExact(text: string): Instant | undefined {
  const count = readNumber(text) ?? 0;
  if (count < MIN_EPOCH_SECONDS || count >= MAX_EPOCH_MILLISECONDS) return readOffsetTime(text);
  return readEpochSeconds(count < MIN_EPOCH_MILLISECONDS ? count : count / 1000);
}
