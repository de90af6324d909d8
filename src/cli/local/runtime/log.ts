import * as z from "zod";
import { readJson } from "../../../platform/read-json.ts";
import { paint } from "../../terminal.ts";

const line = z.looseObject({ event: z.string() });

/** Shows the Worker's log lines: warnings and errors, or all of them. */
export function logToTerminal(all: boolean): (level: string, message: string) => void {
  return (level, message) => {
    const loud = level === "warn" || level === "error";
    if (all || loud) console.error(paint(loud ? "yellow" : "dim", `  ${loud ? "!" : "·"} ${shorten(message)}`));
  };
}

/** `event field=value …` for the relay's own lines; anything else as it is. */
function shorten(message: string): string {
  const parsed = line.safeParse(readJson(message));
  if (!parsed.success) return message;
  const { event, ...fields } = parsed.data;
  const words = Object.entries(fields).map(([name, value]) => `${name}=${show(value)}`);
  return [event, ...words].join(" ");
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
