import type { Draft } from "../events/draft.ts";
import { deflate } from "../log/deflate.ts";
import { unknown, type Webhook } from "../vendors/vendor.ts";

/** A row of the log has 2 MB at most, which leaves room for its other columns; bytes, deflated. */
const MOST = 1_900_000;
/** Bytes that a character of text has at most. */
const WIDEST = 3;

/**
 * An event holds a webhook twice, as it was read and as it came. Where that is too much for the log, it is kept as it
 * came, which always fits.
 */
export async function fitLog(draft: Draft, webhook: Webhook): Promise<Draft> {
  const read = JSON.stringify(draft.data);
  if ((read.length + webhook.text.length) * WIDEST <= MOST) return draft;
  const [one, other] = await Promise.all([deflate(read), deflate(webhook.text)]);
  return one.byteLength + other.byteLength <= MOST ? draft : unknown(webhook, draft.vendorEvent, "too_large_to_read");
}
