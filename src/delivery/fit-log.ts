import type { Draft } from "../events/draft.ts";
import { deflate } from "../log/deflate.ts";
import { unknown, type Webhook } from "../vendors/vendor.ts";

/** A row of the log has 2 MB at most; the rest is room for ids and for the results of first attempts. */
const MAX_ROW_BYTES = 1_800_000;
/** Bytes that a character of text has at most. */
const MAX_CHARACTER_BYTES = 3;

/**
 * An event holds a webhook twice, as it was read and as it came, and its row names subject and call once more. Where
 * that is too much for the log, it is kept as it came, which always fits.
 */
export async function fitLog(draft: Draft, webhook: Webhook): Promise<Draft> {
  const { data, subject = "", callId = "", vendorEvent } = draft;
  const columns = subject.length + callId.length;
  const read = JSON.stringify([data, subject, callId, vendorEvent]);
  if ((columns + read.length + webhook.text.length) * MAX_CHARACTER_BYTES <= MAX_ROW_BYTES) return draft;
  const [one, other] = await Promise.all([deflate(read), deflate(webhook.text)]);
  const bytes = columns * MAX_CHARACTER_BYTES + one.byteLength + other.byteLength;
  return bytes <= MAX_ROW_BYTES ? draft : unknown(webhook, draft.vendorEvent, "too_large_to_read");
}
