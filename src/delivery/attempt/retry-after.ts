/** A receiver is heard up to this. */
const MAX_WISH_MS = 12 * 60 * 60 * 1000;
/** No date is longer. */
const MAX_DATE_CHARACTERS = 40;

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const SHORT_DAYS = DAYS.map((day) => day.slice(0, "Mon".length));

/** The three forms of an HTTP-date (RFC 9110, 5.6.7), and how each names the days of the week. */
const FORMS = [
  {
    days: SHORT_DAYS,
    form: /^(?<weekday>[A-Za-z]+), (?<day>\d\d) (?<month>[A-Za-z]{3}) (?<year>\d{4}) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) GMT$/,
  },
  {
    days: DAYS,
    form: /^(?<weekday>[A-Za-z]+), (?<day>\d\d)-(?<month>[A-Za-z]{3})-(?<year>\d\d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) GMT$/,
  },
  {
    days: SHORT_DAYS,
    form: /^(?<weekday>[A-Za-z]+) (?<month>[A-Za-z]{3}) (?<day>\d\d| \d) (?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d) (?<year>\d{4})$/,
  },
];

/**
 * How long a `Retry-After` asks to wait, milliseconds, 12 hours at most: seconds in digits, or an HTTP-date (RFC 9110,
 * 10.2.3). Anything else is no wish, nor is a date that is past, nor one that was sent twice.
 */
export function readRetryAfter(header: string, now: number): number | undefined {
  const text = header.replaceAll("\t", " ").trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_WISH_MS);
  const at = text.length > MAX_DATE_CHARACTERS ? undefined : readDate(text, now);
  return at === undefined || at <= now ? undefined : Math.min(at - now, MAX_WISH_MS);
}

function readDate(text: string, now: number): number | undefined {
  const read = FORMS.map(({ days, form }) => ({ days, groups: form.exec(text)?.groups }));
  const { groups } = read.find(({ days, groups }) => days.includes(groups?.weekday ?? "")) ?? {};
  if (groups === undefined) return undefined;
  const { year = "", month = "" } = groups;
  const [day, hour, minute, second] = [groups.day, groups.hour, groups.minute, groups.second].map(Number);
  if (day === undefined || hour === undefined || minute === undefined || second === undefined) return undefined;
  // A leap second is the only one that counts to 60.
  if (!MONTHS.includes(month) || hour > 23 || minute > 59 || second > 60) return undefined;
  const fullYear = year.length === 2 ? inFull(Number(year), now) : Number(year);
  const midnight = Date.UTC(fullYear, MONTHS.indexOf(month), day);
  if (new Date(midnight).getUTCDate() !== day) return undefined;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** Two digits that would lie more than 50 years ahead belong to the century before. */
function inFull(digits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + digits;
  return year > thisYear + 50 ? year - 100 : year;
}
