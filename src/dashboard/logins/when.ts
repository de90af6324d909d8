import { momentText, readMoment } from "../../api/times/moment.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Visit } from "../page/visit.ts";
import type { AskingSource } from "./told.ts";

/** By which clock people's `9:02` is read here: their own, as far as their browser has said it, else the source's. */
export function zoneOfDesk({ clock, query }: Visit, asking: readonly AskingSource[]): string {
  if (clock.isKnown) return clock.zone;
  const meant = asking.find(({ source }) => source === query.source) ?? asking[0];
  return meant?.zone ?? clock.zone;
}

/** A moment as somebody wrote it, as RFC 3339; undefined where it is no time. */
export function momentOf(text: string, zone: string, now: number): string | undefined {
  const at = momentText.safeParse(text).success ? readMoment(text, zone, now) : undefined;
  return at === undefined ? undefined : toInstant(at);
}

/** Whether a time means the same for everybody and on every day. */
export function isAbsolute(text: string): boolean {
  return /^\d{4}-.*(?:Z|[+-]\d\d:?\d\d)$/i.test(text.trim());
}

/** A moment as somebody would write it by the clock of a zone: `2026-11-20 09:02:37`. */
export function writtenMoment(at: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-CA", { ...form, timeZone: zone }).formatToParts(Date.parse(at));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}:${part("second")}`;
}

const form = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
} as const;
