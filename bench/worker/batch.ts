import { newReceipt } from "../../src/events/receipt.ts";
import { RECEIPT_PLACE, RECEIVED_PLACE } from "../floor/places.ts";

/** Messages as a queue brings them, received just now. */
export function toBatch(texts: readonly string[]): { batch: MessageBatch; acknowledged: () => number } {
  const now = Date.now();
  const acknowledged = new Set<string>();
  const messages = texts.map((text): Message => {
    const id = newReceipt(now);
    return {
      id,
      timestamp: new Date(now),
      attempts: 1,
      body: text.replace(RECEIPT_PLACE, id).replace(String(RECEIVED_PLACE), String(now)),
      ack: () => void acknowledged.add(id),
      retry: () => undefined,
    };
  });
  const metadata = { metrics: { backlogCount: 0, backlogBytes: 0 } };
  return {
    batch: { queue: "hookswitch-events", metadata, messages, ackAll: () => undefined, retryAll: () => undefined },
    acknowledged: () => acknowledged.size,
  };
}
