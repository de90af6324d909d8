import * as z from "zod";
import type { Destination, Relay } from "../../config/load-relay.ts";
import { type Sample, sendSample } from "../../delivery/attempt/send-sample.ts";
import { openText } from "../../platform/shown.ts";
import type { Work } from "../../platform/work.ts";
import { operation, Refusal } from "../operation.ts";
import { destinationPath, findDestination, refuseForeign } from "./find.ts";

/** What a destination said to a sample. */
export const tested = z.object({
  event: openText.optional().describe("absent where nothing was sent: its configuration is faulty"),
  delivered: z.boolean(),
  status: z.int().optional(),
  reason: openText.optional().describe("why there is no answer: timeout, connection, faulty_mask, …"),
  ms: z.int(),
  answer: openText.optional().describe("the first 1 KiB of an answer that is no success"),
});

/** `POST /api/destinations/:id/test` */
export const test = operation({
  who: "operator",
  summary: "Sends a destination a signed sample event, once, and tells what it answered",
  takes: { params: destinationPath },
  gives: tested,
  refusals: ["not_found", "not_ready"],
  run: ({ params: { id }, ...request }) => testOne(id, request),
  receiver: async ({ params: { id }, ...request }, own) => refuseForeign(id, own) ?? testOne(id, request),
});

async function testOne(id: string, request: Work) {
  const found = await findDestination(id, request);
  return found instanceof Refusal ? found : testDestination(found.destination, found.relay, request);
}

/** Sends a destination a sample, once. Never rejects. */
export async function testDestination(
  destination: Destination,
  relay: Relay,
  { env, now }: Work,
  sample?: Sample,
): Promise<z.input<typeof tested>> {
  // What is sent, and where to, must not be guessed, as with any event.
  const { faulty } = destination;
  if (faulty !== undefined) return { delivered: false, reason: faulty, ms: 0 };
  const { event, outcome, ms } = await sendSample(env, destination, relay, now, sample);
  if (outcome.kind === "failed") return { event, delivered: false, reason: outcome.reason, ms };
  const { status, answer } = outcome;
  const delivered = status >= 200 && status < 300;
  return { event, delivered, status, ms, ...(answer === undefined ? {} : { answer }) };
}
