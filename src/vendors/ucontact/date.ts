import { type Instant, readTime, toInstant } from "../../platform/time/instant.ts";

const HOUR_MS = 60 * 60 * 1000;
/** A candidate farther from the receipt than this is not believed; milliseconds. */
const BELIEVABLE_MS = 36 * HOUR_MS;
/** No date is longer; characters. */
const MAX_DATE_CHARACTERS = 64;
const WRITTEN =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?(\s{0,3}Z|\s{0,3}[+-]\d\d(?::?\d\d)?|\s{1,3}\d\d(?::?\d\d)?)?$/i;

/** A time put together from what a broken date still tells. */
export interface RebuiltTime {
  readonly at: Instant;
  readonly from: "derived";
}

/**
 * Rebuilds uContact's `date`. It looks like `yyyy-MM-dd HH:mm:ss`, yet its middle group holds the minutes: Java's
 * pattern slip `yyyy-mm-dd`. The month is lost, and one wrong date in five looks right, so the middle group proves
 * nothing. The candidates are the day in the month of the receipt and in the months beside it, each also twelve hours
 * off, because a clock of 12 hours would lose AM and PM too; the one nearest to the receipt is taken.
 * Only a middle group that is the month of the receipt and not the minutes makes the text a true date.
 * @param receivedAt milliseconds since the epoch
 * @param zone IANA zone of a text without an offset
 * @returns undefined when no candidate lies within 36 hours of the receipt
 */
export function rebuildDate(text: string | undefined, receivedAt: number, zone = "UTC"): RebuiltTime | undefined {
  const [, year = "", group = "", day = "", hour = "", minute = "", second = "00", offset = ""] = partsOf(text);
  const read = (months: readonly string[], hours: readonly string[]) =>
    months.flatMap((month) =>
      hours.flatMap((clock) => readTime(`${month}-${day} ${clock}:${minute}:${second}${offset}`, zone) ?? []),
    );
  const [before, month, after] = monthsAround(receivedAt);
  const asWritten = group !== minute && month === `${year}-${group}` ? read([month], [hour]) : [];
  const months = [before, month, after].filter((candidate) => candidate.startsWith(`${year}-`));
  const at = nearest(asWritten, receivedAt) ?? nearest(read(months, hoursOf(hour)), receivedAt);
  return at === undefined ? undefined : { at, from: "derived" };
}

/** Whether a date names its second: one that names less cannot tell two logins of a minute apart. */
export function namesASecond(text: string | undefined): boolean {
  const [, , , , , , second] = partsOf(text);
  return second !== undefined;
}

/** Whether a date says what zone it is of. */
export function namesAZone(text: string | undefined): boolean {
  const [, , , , , , , offset] = partsOf(text);
  return offset !== undefined;
}

/** Year, middle group, day, hour, minute, second and offset, after the whole. */
function partsOf(text = ""): readonly (string | undefined)[] {
  return WRITTEN.exec(text.slice(0, MAX_DATE_CHARACTERS + 1)) ?? [];
}

/** `yyyy-MM` of the month before, of, and after a time. */
function monthsAround(milliseconds: number): [string, string, string] {
  const [year = 0, month = 0] = toInstant(milliseconds).split("-").map(Number);
  const named = (offset: number) => {
    const count = year * 12 + month - 1 + offset;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  };
  return [named(-1), named(0), named(1)];
}

/** The hours that a clock of 24 or of 12 hours can mean, the earlier first. */
function hoursOf(hour: string): string[] {
  const written = Number(hour);
  if (written === 12) return ["00", "12"];
  return written > 0 && written < 12 ? [hour, String(written + 12)] : [hour];
}

/** The believable candidate nearest to the receipt; of two equally near the earlier. */
function nearest(candidates: readonly Instant[], receivedAt: number): Instant | undefined {
  const distance = (at: Instant) => Math.abs(Date.parse(at) - receivedAt);
  return candidates.filter((at) => distance(at) <= BELIEVABLE_MS).sort((a, b) => distance(a) - distance(b))[0];
}
