import type { Draft } from "../events/draft.ts";
import { type SourceSettings, unknown, type Vendor, type Webhook } from "./vendor.ts";

/** Normalizes and never fails: a fault in a normalizer costs the reading, not the event. */
export function readWebhook(vendor: Vendor, webhook: Webhook, source: SourceSettings): Draft {
  try {
    return vendor.normalize(webhook, source);
  } catch {
    return unknown(webhook, undefined, "normalizer_failed");
  }
}
