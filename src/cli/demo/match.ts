import type { Arrival } from "../sink/arrival.ts";
import type { Sent } from "./send-all.ts";

/** One step and the event that came of it. */
export interface Outcome {
  readonly sent: Sent;
  readonly arrival?: Arrival | undefined;
  /** Why it does not count as arrived. */
  readonly fault?: string | undefined;
}

/** Finds each step's event: by its receipt, and for logins, whose answer carries none, by their type. */
export function matchArrivals(sent: readonly Sent[], arrivals: readonly Arrival[]): Outcome[] {
  const logins = arrivals.filter(({ type }) => type === "login.decided");
  return sent.map((one) => {
    const arrival =
      one.login === undefined
        ? arrivals.find(({ sequence }) => sequence !== undefined && sequence === one.sequence)
        : logins.shift();
    return { sent: one, arrival, fault: faultOf(one, arrival) };
  });
}

function faultOf(sent: Sent, arrival: Arrival | undefined): string | undefined {
  if (sent.sequence === undefined && sent.login === undefined) return `answered ${sent.status}`;
  if (arrival === undefined) return "no event";
  if (arrival.type !== sent.sample.event) return `expected ${sent.sample.event}`;
  return arrival.signature === "valid" ? undefined : `signature ${arrival.signature}`;
}
