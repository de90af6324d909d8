import type { AskedQuestion } from "../../log/questions.ts";
import { type Attempts, wasGranted } from "./attempts.ts";
import { printNth } from "./print.ts";
import { printMoment, zonedTime } from "./zoned-time.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** More are counted only. */
const MAX_LISTED = 5;

/** What is said before an explanation of an attempt that is none of the moment that was asked about. */
export function tellOutside(explained: AskedQuestion, moment: number, zone: string): string {
  const apart = `${printSpan(Math.abs(explained.at - moment))} ${explained.at < moment ? "before" : "after"}`;
  return `There is no attempt within 15 minutes of ${printMoment(moment, zone)}; the one explained is of another time, ${apart}`;
}

/** What is said of the attempts about the moment: `2 attempts within 15 minutes, this is the first: …`. */
export function tellAttempts({ all, outside }: Attempts, explained: AskedQuestion | undefined, zone: string): string[] {
  const [first] = all;
  if (outside || first === undefined || (all.length === 1 && explained !== undefined)) return [];
  const which =
    explained === undefined ? "none about these projects" : `this is the ${printNth(all.indexOf(explained))}`;
  const list = all.slice(0, MAX_LISTED).map((one) => {
    const projects = Object.keys(one.login.projects ?? {}).join(", ");
    return `${zonedTime(one.at, zone, first.at)} ${wasGranted(one) ? "granted" : "refused"} (${projects})`;
  });
  const more = all.length > MAX_LISTED ? ` and ${all.length - MAX_LISTED} more` : "";
  const number = all.length === 1 ? "1 attempt" : `${all.length} attempts`;
  return [`${number} within 15 minutes, ${which}: ${list.join(", ")}${more}`];
}

/** What is said of an agent whom neither the log nor the map knows. */
export function tellNear(who: string, near: readonly string[]): string {
  const meant = near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
  return `Neither the log nor the map knows ${who}${meant}`;
}

/** `32 minutes`, `5 hours`. */
function printSpan(milliseconds: number): string {
  const [size, word] = milliseconds < 2 * HOUR_MS ? [MINUTE_MS, "minutes"] : [HOUR_MS, "hours"];
  return `${Math.round(milliseconds / size)} ${word}`;
}
