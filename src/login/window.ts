import { type HoursDocument, weekdays } from "../config/schema/hours.ts";
import { wallClock } from "../platform/time/wall-clock.ts";
import { readRuleMoment } from "./moment.ts";
import type { RuleDocument } from "./rules.ts";

const DAYS = weekdays.length;

/** When a rule applies. `from` inclusive, `until` exclusive; milliseconds since the epoch. */
export interface RuleWindow {
  readonly from: number;
  readonly until: number;
  readonly hours?: Hours | undefined;
}

/** The window of a rule that names no time. */
export const ALWAYS: RuleWindow = { from: Number.NEGATIVE_INFINITY, until: Number.POSITIVE_INFINITY };

/** Hours of the day by the clock on the wall. */
export interface Hours {
  readonly zone: string;
  /** Whether the hours begin on this day of the week; Monday first. */
  readonly days: readonly boolean[];
  /** Minutes after midnight. */
  readonly start: number;
  readonly end: number;
}

/** What the clock on the wall shows. `day`: 0 is Monday; `minute`: of the day. */
export interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

/** The clock of a zone. */
export type Clock = (zone: string) => LocalTime;

/** The clocks of all zones at one moment (milliseconds since the epoch); each is read once. */
export function clockAt(now: number): Clock {
  const read = new Map<string, LocalTime>();
  return (zone) => {
    const known = read.get(zone);
    if (known !== undefined) return known;
    const { dayOfWeek, hour, minute } = wallClock(now, zone);
    const time = { day: dayOfWeek - 1, minute: hour * 60 + minute };
    read.set(zone, time);
    return time;
  };
}

/** Whether a rule applies at `now`, milliseconds since the epoch. */
export function isOpen(window: RuleWindow, now: number, clock: Clock): boolean {
  if (now < window.from || now >= window.until) return false;
  return window.hours === undefined || isWithin(window.hours, clock(window.hours.zone));
}

/** Reads a rule's times once. `zone`: the source's, for whatever has none of its own. */
export function compileWindow({ from, until, hours }: RuleDocument, zone: string): RuleWindow {
  return {
    from: bound(from, zone, ALWAYS.from),
    until: bound(until, zone, ALWAYS.until),
    hours: hours === undefined ? undefined : compileHours(hours, zone),
  };
}

/** Hours that end at or before their start run past midnight and belong to the day they began. */
function isWithin({ days, start, end }: Hours, { day, minute }: LocalTime): boolean {
  const today = days[day] === true;
  if (end > start) return today && minute >= start && minute < end;
  const yesterday = days[(day + DAYS - 1) % DAYS] === true;
  return (today && minute >= start) || (yesterday && minute < end);
}

function bound(text: string | undefined, zone: string, open: number): number {
  return text === undefined ? open : (readRuleMoment(text, zone) ?? open);
}

function compileHours(hours: HoursDocument, zone: string): Hours {
  return {
    zone: hours.tz ?? zone,
    days: weekdays.map((day) => hours.days.includes(day)),
    start: minutes(hours.start),
    end: minutes(hours.end),
  };
}

function minutes(timeOfDay: string): number {
  return Number(timeOfDay.slice(0, 2)) * 60 + Number(timeOfDay.slice(3));
}
