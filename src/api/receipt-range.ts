import { FIRST_RECEIPT, LAST_RECEIPT, receiptAt } from "../events/receipt.ts";

/** The receipts of a time span (milliseconds since the epoch; `since` inclusive), from where a page begins. */
export function receiptRange(
  { since, until }: { since?: number | undefined; until?: number | undefined },
  cursor: string | undefined,
): { from: string; before: string } {
  const end = until === undefined ? LAST_RECEIPT : receiptAt(until);
  return {
    from: since === undefined ? FIRST_RECEIPT : receiptAt(since),
    before: cursor !== undefined && cursor < end ? cursor : end,
  };
}
