import type { Warning } from "../../events/draft.ts";
import { type Instant, readEpochSeconds, readOffsetTime } from "../../events/values/time.ts";
import { readMoment } from "../moment.ts";
import type { SourceSettings } from "../vendor.ts";

/** Reads the times of one webhook and gathers what must be remarked about them. */
export interface Times {
  readonly read: (text: string | undefined) => Instant | undefined;
  /** To be asked after the last time was read. */
  readonly warnings: () => Warning[];
}

const NO_TIME = /^(0+$|0000-00-00)/;
const EPOCH_SECONDS = /^\d{9,11}(\.\d+)?$/;
const EPOCH_MILLISECONDS = /^\d{12,14}$/;

/** Whether a text stands for "no time": zero, or the zero date of MySQL. */
export function isNoTime(text: string): boolean {
  return NO_TIME.test(text);
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
  if (EPOCH_SECONDS.test(text)) return readEpochSeconds(Number(text));
  if (EPOCH_MILLISECONDS.test(text)) return readEpochSeconds(Number(text) / 1000);
  return readOffsetTime(text);
}
