import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import type { DemoStep } from "./plan.ts";

const receipt = z.object({ receipt: z.string().startsWith("rcpt_") });
const login = z.record(z.string(), z.boolean());

/** What the relay answered to one step. */
export interface SentStep extends DemoStep {
  readonly status: number;
  /** ULID of the receipt; a login is answered instead. */
  readonly sequence?: string | undefined;
  readonly login?: Readonly<Record<string, boolean>> | undefined;
  /** The answer to a question that the demo's own system answers. */
  readonly answer?: unknown;
}

/** Sends the steps one after the other, as they would arrive. */
export async function sendAll(steps: readonly DemoStep[]): Promise<SentStep[]> {
  const sent: SentStep[] = [];
  for (const step of steps) {
    const response = await fetch(step.request);
    const body = readJson(await response.text());
    const accepted = receipt.safeParse(body);
    const answered = login.safeParse(body);
    sent.push({
      ...step,
      status: response.status,
      sequence: accepted.success ? accepted.data.receipt.replace("rcpt_", "") : undefined,
      login: response.ok && answered.success ? answered.data : undefined,
      answer: response.ok && step.sample.event === "sync.answered" ? body : undefined,
    });
  }
  return sent;
}
