import { wallClock } from "../../platform/time/wall-clock.ts";

const ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/** `09:02:37` by the clock of a zone; with the date where that is another than at `beside`, or there is no such moment. */
export function printClock(at: number, beside: number | undefined, zone: string): string {
  const { year, month, day, hour, minute, second } = wallClock(at, zone);
  const time = [hour, minute, second].map(twoDigits).join(":");
  const date = [year, twoDigits(month), twoDigits(day)].join("-");
  return beside !== undefined && printClock(beside, undefined, zone).startsWith(date) ? time : `${date} ${time}`;
}

/** `first` for 0. */
export function printNth(position: number): string {
  return ORDINALS[position] ?? `number ${position + 1}`;
}

function twoDigits(part: number): string {
  return String(part).padStart(2, "0");
}
