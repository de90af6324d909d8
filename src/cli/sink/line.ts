import { paint } from "../terminal.ts";
import type { Arrival } from "./arrival.ts";
import type { AskedHere } from "./server.ts";

/** Width of the longest event type. */
const TYPE_COLUMNS = 24;

/** One arrival as one line: time, type, source, signature, subject. */
export function arrivalLine(arrival: Arrival): string {
  const marks = [...(arrival.attempt > 1 ? [`attempt ${arrival.attempt}`] : []), ...(arrival.replay ? ["replay"] : [])];
  return [
    ` ${paint("dim", clockOf(arrival.at))}`,
    arrival.type.padEnd(TYPE_COLUMNS),
    arrival.source.replace("/sources/", "").padEnd(8),
    signatureMark(arrival),
    arrival.subject ?? "",
    ...marks.map((mark) => paint("yellow", mark)),
  ]
    .join("  ")
    .trimEnd();
}

/** One question as one line: time, what asked, signature. */
export function questionLine(asked: AskedHere): string {
  return [
    ` ${paint("dim", clockOf(asked.at))}`,
    "question".padEnd(TYPE_COLUMNS),
    asked.kind.padEnd(8),
    signatureMark(asked),
  ]
    .join("  ")
    .trimEnd();
}

/** `✓ signed`, `✗ signature`, or `- unsigned`. */
export function signatureMark({ signature }: Pick<Arrival, "signature">): string {
  if (signature === "valid") return paint("green", "✓ signed   ");
  if (signature === "missing") return paint("yellow", "- unsigned ");
  return paint("red", "✗ signature");
}

/** The time of day on this machine's clock. */
export function clockOf(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString("en-GB");
}
