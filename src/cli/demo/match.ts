import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Arrival } from "../sink/arrival.ts";
import type { SentStep } from "./send-all.ts";

/** One step and the event that came of it. */
export interface StepOutcome {
  readonly sent: SentStep;
  readonly arrival?: Arrival | undefined;
  /** Why it does not count as arrived. */
  readonly fault?: string | undefined;
}

const decided = z.object({
  data: z.object({ login: z.object({ projects: z.record(z.string(), z.boolean()) }) }),
});

/** Finds each step's event: by its receipt, and for a login, whose answer has none, by what was answered. */
export function matchArrivals(sent: readonly SentStep[], arrivals: readonly Arrival[]): StepOutcome[] {
  const free = new Set(arrivals);
  return sent.map((one) => {
    const arrival = [...free].find((each) => belongs(each, one));
    if (arrival !== undefined) free.delete(arrival);
    return { sent: one, arrival, fault: faultOf(one, arrival) };
  });
}

function belongs({ type, sequence, body }: Arrival, sent: SentStep): boolean {
  if (sent.login === undefined) return sequence !== undefined && sequence === sent.sequence;
  const event = type === "login.decided" ? decided.safeParse(body) : undefined;
  return event?.success === true && isDeepStrictEqual(event.data.data.login.projects, sent.login);
}

function faultOf(sent: SentStep, arrival: Arrival | undefined): string | undefined {
  if (sent.sequence === undefined && sent.login === undefined) return `answered ${sent.status}`;
  if (arrival === undefined) return "no event";
  if (arrival.type !== sent.sample.event) return `expected ${sent.sample.event}`;
  return arrival.signature === "valid" ? undefined : `signature ${arrival.signature}`;
}
