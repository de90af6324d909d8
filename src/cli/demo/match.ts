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

const responded = z.object({ data: z.object({ answer: z.object({ kind: z.string(), outcome: z.string() }) }) });

/** Finds each step's event: by its receipt, and for a question, whose answer has none, by what was answered. */
export function matchArrivals(sent: readonly SentStep[], arrivals: readonly Arrival[]): StepOutcome[] {
  const free = new Set(arrivals);
  return sent.map((one) => {
    const arrival = [...free].find((each) => belongs(each, one));
    if (arrival !== undefined) free.delete(arrival);
    return { sent: one, arrival, fault: faultOf(one, arrival) };
  });
}

function belongs({ type, sequence, body }: Arrival, sent: SentStep): boolean {
  if (sent.answer !== undefined) return type === "sync.answered" && responseIn(body)?.kind === sent.sample.kind;
  if (sent.login === undefined) return sequence !== undefined && sequence === sent.sequence;
  const event = type === "login.decided" ? decided.safeParse(body) : undefined;
  return event?.success === true && isDeepStrictEqual(event.data.data.login.projects, sent.login);
}

function faultOf(sent: SentStep, arrival: Arrival | undefined): string | undefined {
  const isAnswered = sent.login !== undefined || sent.answer !== undefined;
  if (sent.sequence === undefined && !isAnswered) return `answered ${sent.status}`;
  if (arrival === undefined) return "no event";
  if (arrival.type !== sent.sample.event) return `expected ${sent.sample.event}`;
  const { outcome = "answered" } = responseIn(arrival.body) ?? {};
  if (outcome !== "answered") return `answered ${outcome}`;
  return arrival.signature === "valid" ? undefined : `signature ${arrival.signature}`;
}

function responseIn(body: unknown) {
  return responded.safeParse(body).data?.data.answer;
}
