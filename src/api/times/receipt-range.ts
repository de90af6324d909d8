import { FIRST_RECEIPT, LAST_RECEIPT, receiptAt } from "../../events/receipt.ts";

import type { Span } from "./span.ts";

/** The receipts of a time span, from where a page begins. */
export function receiptRange({ since, until }: Span, cursor: string | undefined): { from: string; before: string } {
  const end = until === undefined ? LAST_RECEIPT : receiptAt(until);
  return {
    from: since === undefined ? FIRST_RECEIPT : receiptAt(since),
    before: cursor !== undefined && cursor < end ? cursor : end,
  };
}
