import type { Draft } from "../events/draft.ts";
import { deflate } from "../log/deflate.ts";
import { unknown, type Webhook } from "../vendors/vendor.ts";

/** A row of the log has 2 MB at most, which leaves room for its other columns; bytes, deflated. */
const MAX_DEFLATED_BYTES = 1_900_000;
/** Bytes that a character of text has at most. */
const WIDEST_BYTES = 3;

/**
 * An event holds a webhook twice, as it was read and as it came. Where that is too much for the log, it is kept as it
 * came, which always fits, under the id that it would have had.
 * @param text the body as it came
 */
export async function fitLog(draft: Draft, webhook: Webhook, text: string): Promise<Draft> {
  const read = JSON.stringify(draft.data);
  if ((read.length + text.length) * WIDEST_BYTES <= MAX_DEFLATED_BYTES) return draft;
  const [one, other] = await Promise.all([deflate(read), deflate(text)]);
  if (one.byteLength + other.byteLength <= MAX_DEFLATED_BYTES) return draft;
  const { vendorEvent, subject, callId, kind, window } = draft;
  return { ...unknown(webhook, vendorEvent, "too_large_to_read"), subject, callId, kind, window };
}
