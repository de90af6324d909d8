/** A receiver is heard up to this; milliseconds. */
const LONGEST_WISH_MS = 12 * 60 * 60 * 1000;
/** No date is longer; characters. */
const LONGEST_DATE = 40;

const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";
const LONG_DAY = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH = `(?<month>${MONTHS.join("|")})`;
const TIME = "(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)";

/** The three forms of an HTTP-date (RFC 9110, 5.6.7). */
const DATES = [
  new RegExp(`^${DAY}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${LONG_DAY}, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${DAY} ${MONTH} (?<day>\\d\\d| \\d) ${TIME} (?<year>\\d{4})$`),
];

/**
 * How long a `Retry-After` asks to wait, milliseconds, 12 hours at most: seconds in digits, or an HTTP-date (RFC 9110,
 * 10.2.3). Anything else is no wish, nor is a date that is past, nor one that was sent twice.
 */
export function readRetryAfter(header: string, now: number): number | undefined {
  const text = header.replaceAll("\t", " ").trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WISH_MS);
  const at = text.length > LONGEST_DATE ? undefined : readDate(text, now);
  return at === undefined || at <= now ? undefined : Math.min(at - now, LONGEST_WISH_MS);
}

function readDate(text: string, now: number): number | undefined {
  const groups = DATES.map((form) => form.exec(text)?.groups).find((found) => found !== undefined);
  if (groups === undefined) return undefined;
  const { year = "", month = "", day, hour, minute, second } = groups;
  const date = [MONTHS.indexOf(month), Number(day)] as const;
  const midnight = Date.UTC(year.length === 2 ? fullYear(Number(year), now) : Number(year), ...date);
  if (new Date(midnight).getUTCDate() !== Number(day)) return undefined;
  return midnight + ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000;
}

/** Two digits that would lie more than 50 years ahead belong to the century before. */
function fullYear(digits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + digits;
  return year > thisYear + 50 ? year - 100 : year;
}
