import type { Destination, Relay } from "../../config/load-relay.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import type { BareDraft } from "../../events/draft.ts";
import { seal } from "../../events/envelope.ts";
import { eventIds } from "../../events/identity.ts";
import { OWN_SOURCE } from "../../events/own-source.ts";
import { newReceipt, ulidOf } from "../../events/receipt.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { USUAL_WINDOW_MS } from "../../vendors/windows.ts";
import { attemptDelivery } from "./attempt.ts";
import type { Outcome } from "./outcome.ts";

/** What is sent, and whose event it is. */
export interface Sample {
  readonly source: string;
  readonly draft: BareDraft;
}

const PLAIN: Sample = {
  source: OWN_SOURCE,
  draft: { type: "vendor.unknown", vendorEvent: "test", data: {}, warnings: [] },
};

/** What a receiver said to a sample; `ms`: how long it took. */
export interface SampleSent {
  readonly event: string;
  readonly outcome: Outcome;
  readonly ms: number;
}

/**
 * Sends a destination an event that nothing led to, signed and formatted as any other, with `webhook-test: 1`. It is
 * neither logged nor tried again, and a pause does not keep it back. Never rejects.
 */
export async function sendSample(
  env: Env,
  destination: Destination,
  relay: Relay,
  now: number,
  sample: Sample = PLAIN,
): Promise<SampleSent> {
  const { source, draft } = sample;
  const lookup = lookupIn(env);
  const receipt = newReceipt(now);
  const words = ["sample", ulidOf(receipt)];
  const identity = { source, subject: undefined, words, windowMs: USUAL_WINDOW_MS, receivedAt: now };
  const { id } = await eventIds(identity, await idKeysIn(lookup));
  const event = seal(draft, {
    eventId: id,
    source,
    vendor: "hookswitch",
    receipt,
    receivedAt: now,
    publicUrl: publicUrlOf(lookup),
    raw: { test: true },
    warnings: [],
  });
  const marked = { ...destination, headers: { ...destination.headers, "webhook-test": "1" } };
  const order = { event, destination: marked, attempt: 1, run: 0, timeoutMs: destination.timeoutMs };
  const outcome = await attemptDelivery(order, { lookup, secrets: relay.secrets }, now);
  return { event: id, outcome, ms: Date.now() - now };
}
