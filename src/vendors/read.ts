import { toAttribute } from "../events/attribute.ts";
import type { Draft } from "../events/draft.ts";
import { readAnswered } from "./read-answered.ts";
import type { SourceSettings } from "./source-settings.ts";
import { unknown, type Vendor, type Webhook } from "./vendor.ts";

/** Normalizes and never fails: a fault in a normalizer costs the reading, not the event. */
export async function readWebhook(vendor: Vendor, webhook: Webhook, source: SourceSettings): Promise<Draft> {
  return withAttributes(normalize(vendor, webhook, source));
}

/** Keeps a webhook as it came: its normalizer may have killed its consumer before. */
export function readPlainly(webhook: Webhook): Promise<Draft> {
  return withAttributes(unknown(webhook, undefined, "normalizer_skipped"));
}

function normalize(vendor: Vendor, webhook: Webhook, source: SourceSettings): Draft {
  try {
    if (webhook.answer !== undefined) return readAnswered(vendor, webhook, webhook.answer);
    return vendor.normalize(webhook, source);
  } catch {
    return unknown(webhook, undefined, "normalizer_failed");
  }
}

/** Ids and words of a body become attributes of the envelope, which are narrower and shorter than JSON. */
async function withAttributes(draft: Draft): Promise<Draft> {
  const { subject, callId, vendorEvent } = draft;
  return {
    ...draft,
    subject: subject === undefined ? undefined : await toAttribute(subject),
    callId: callId === undefined ? undefined : await toAttribute(callId),
    vendorEvent: await toAttribute(vendorEvent),
  };
}
