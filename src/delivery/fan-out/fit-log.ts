import type { Draft } from "../../events/draft.ts";
import { MAX_ROW_BYTES } from "../../platform/d1/limits.ts";
import { deflate } from "../../platform/deflate.ts";
import { unknown, type Webhook } from "../../vendors/vendor.ts";

/** The rest of a row is room for ids and for the results of first attempts. */
const MAX_EVENT_BYTES = MAX_ROW_BYTES - 200_000;
/** Bytes that a character of text has at most. */
const MAX_CHARACTER_BYTES = 3;

/**
 * An event holds a webhook twice, as it was read and as it came, and its row names subject and call once more. Where
 * that is too much for the log, it is kept as it came, which always fits, under the id that it would have had.
 * @param text the body as it came
 */
export async function fitLog(draft: Draft, webhook: Webhook, text: string): Promise<Draft> {
  const { data, vendorEvent, subject, callId, kind, windowMs } = draft;
  const columns = (subject?.length ?? 0) + (callId?.length ?? 0);
  const read = JSON.stringify([data, subject, callId, vendorEvent]);
  if ((columns + read.length + text.length) * MAX_CHARACTER_BYTES <= MAX_EVENT_BYTES) return draft;
  const [one, other] = await Promise.all([deflate(read), deflate(text)]);
  if (columns * MAX_CHARACTER_BYTES + one.byteLength + other.byteLength <= MAX_EVENT_BYTES) return draft;
  return { ...unknown(webhook, vendorEvent, "too_large_to_read"), subject, callId, kind, windowMs };
}
