import { printNth } from "../../login/history/print.ts";
import { tellRefused } from "../../login/history/tell-refused.ts";
import { zonedTime } from "../../login/history/zoned-time.ts";
import { columns, paint } from "../terminal.ts";
import type { Explanation } from "./explanation.ts";

/**
 * The agent's attempts, one in a line, under a line that says which of them is explained.
 * @param asked the time that was asked about, as it was written
 */
export function printAttempts({ attempts, at, zone }: Explanation, asked: string | undefined): string[] {
  if (attempts.length === 0) return [];
  const rows = attempts.map((one) => [
    zonedTime(Date.parse(one.at), zone, Date.parse(at)),
    one.granted ? paint("green", "granted") : paint("red", "refused"),
    listProjects(one.projects),
    one.receipt + (one.explained === true ? paint("bold", "  <- this one") : ""),
  ]);
  return [`${heading(attempts, asked === undefined ? "now" : `${asked} (${zone})`)}:`, ...columns(rows), ""];
}

function heading(attempts: Explanation["attempts"], asked: string): string {
  const explained = attempts.findIndex((one) => one.explained === true);
  const number = attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`;
  if (attempts.some(({ outside }) => outside === true)) {
    return paint("yellow", `No attempt within 15 minutes of ${asked}; those nearest to it`);
  }
  if (explained < 0) return `${number} within 15 minutes`;
  return `${number} within 15 minutes, this is the ${printNth(explained)}`;
}

/** What kept others from being attempts at all. */
export function printRefused({ refused, zone }: Explanation): string[] {
  const alike = refused.map(({ first, last, ...one }) => {
    return { ...one, first: Date.parse(first), last: Date.parse(last) };
  });
  return tellRefused(alike, zone).map((sentence) => paint("yellow", `${sentence}.`));
}

/** `7 yes, 11 NO`. */
export function listProjects(projects: Readonly<Record<string, boolean>>): string {
  return Object.entries(projects)
    .map(([project, granted]) => `${project} ${granted ? "yes" : "NO"}`)
    .join(", ");
}
