import { writeAttribute } from "../events/attribute.ts";
import type { Draft } from "../events/draft.ts";
import { type SourceSettings, unknown, type Vendor, type Webhook } from "./vendor.ts";

/** Normalizes and never fails: a fault in a normalizer costs the reading, not the event. */
export function readWebhook(vendor: Vendor, webhook: Webhook, source: SourceSettings): Draft {
  try {
    return withAttributes(vendor.normalize(webhook, source));
  } catch {
    return withAttributes(unknown(webhook, undefined, "normalizer_failed"));
  }
}

/** Ids and words of a body become attributes of the envelope, which are narrower than JSON. */
function withAttributes(draft: Draft): Draft {
  const { subject, callId, vendorEvent } = draft;
  return {
    ...draft,
    subject: subject === undefined ? undefined : writeAttribute(subject),
    callId: callId === undefined ? undefined : writeAttribute(callId),
    vendorEvent: writeAttribute(vendorEvent),
  };
}
