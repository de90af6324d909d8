import { parse } from "hono/utils/cookie";
import { ZONE_COOKIE } from "./zone-cookie.ts";

/** The clock of whoever looks: which zone their browser has said it is in, and what time it is. */
export interface Clock {
  /** IANA name. */
  readonly zone: string;
  /** Whether the browser has said it; if not it is UTC until a script knows better. */
  readonly isKnown: boolean;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** The clock of a browser. */
export function clockOf(cookies: string, now: number): Clock {
  const said = parse(cookies, ZONE_COOKIE)[ZONE_COOKIE];
  return said !== undefined && isZone(said) ? { zone: said, isKnown: true, now } : { zone: "UTC", isKnown: false, now };
}

/** `09:02:11` of today, `Thu 09:02:11` of the last six days, else with the date. */
export function wallTime(at: number, { zone, now }: Clock): string {
  const time = formatter(zone, "time").format(at);
  const day = formatter(zone, "day");
  if (day.format(at) === day.format(now)) return time;
  const isLately = at < now && now - at < WEEKDAY_WITHIN_MS;
  return isLately ? `${formatter(zone, "weekday").format(at)} ${time}` : `${day.format(at)} ${time}`;
}

/** `12 s`, `4 min`, `3 h`, `6 d`: how long something took or is ago, rounded down. */
export function span(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.floor(seconds / 3600)} h` : `${Math.floor(seconds / 86_400)} d`;
}

const WEEKDAY_WITHIN_MS = 6 * 86_400_000;
const forms = {
  time: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
  day: { year: "numeric", month: "2-digit", day: "2-digit" },
  weekday: { weekday: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
/** Some zones only: a browser says one. */
const MAX_FORMATTERS = 60;
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, form: keyof typeof forms): Intl.DateTimeFormat {
  const name = `${form} ${zone}`;
  const known = formatters.get(name);
  if (known !== undefined) return known;
  // Canada's English writes days as ISO 8601 does, and short names of weekdays as all do.
  const made = new Intl.DateTimeFormat("en-CA", { ...forms[form], timeZone: zone });
  if (formatters.size >= MAX_FORMATTERS) formatters.clear();
  formatters.set(name, made);
  return made;
}

function isZone(text: string): boolean {
  try {
    return text.length <= 64 && new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
