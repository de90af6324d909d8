import * as z from "zod";
import type { MarkKeys } from "../../events/marks/mark.ts";
import { isSameTrait, type Trait } from "../../events/marks/trait.ts";
import { traitsOf } from "../../events/marks/traits-of.ts";
import { acceptedAt, receiptAt, receiptId } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import type { StoredText } from "../events/pack.ts";
import { packed, thaw } from "../events/read-events.ts";
import { findMoments } from "../marks/find-moments.ts";
import { conditionsOf, type Search } from "./conditions.ts";

/** Bytes of events that are looked into, as they are kept; the rest is for the next page. */
const MAX_READ_BYTES = 1_000_000;

const row = z.object({ receipt: receiptId, read: z.number(), body: packed });

/** Events with a trait. */
export interface TraitFindings {
  readonly receipts: readonly string[];
  /** What was accepted before this was not looked for, milliseconds since the epoch; undefined when all was. */
  readonly end: number | undefined;
}

/**
 * Finds the events that have any of the traits, and fit the search: by their marks, and then by what stands in them. It
 * finds all that concerns a person as well. Rejects when the log cannot be read.
 * @param most moments that are looked at, the newest first
 */
export async function findByTraits(
  log: D1Database,
  traits: readonly Trait[],
  keys: MarkKeys,
  search: Search,
  most: number,
): Promise<TraitFindings> {
  const found = await findMoments(log, traits, keys, search);
  const moments = found.moments.slice(0, most);
  const end = found.moments.length > most ? moments.at(-1) : found.end;
  if (moments.length === 0) return { receipts: [], end };
  // One range of the key each: SQLite goes by one condition, and another one would be the whole span.
  const { from, before } = search;
  const ranges = moments.map((moment) => {
    const [at, to] = [receiptAt(moment), receiptAt(moment + 1)];
    return { at: at > from ? at : from, to: to < before ? to : before };
  });
  const { results } = await log
    .prepare(
      `SELECT receipt, before < ?2 AS read, iif(before < ?2, body, NULL) AS body FROM (
         SELECT receipt, body, sum(length(body)) OVER (ORDER BY receipt DESC) - length(body) AS before
         FROM json_each(?1 -> 'ranges') AS moment
           CROSS JOIN event ON receipt >= moment.value ->> 'at' AND receipt < moment.value ->> 'to'
         WHERE ${conditionsOf(search)})
       ORDER BY receipt DESC`,
    )
    .bind(JSON.stringify({ ...search, ranges }), MAX_READ_BYTES)
    .all();
  const rows = sortRows(row, results).read;
  const unread = rows.find(({ read }) => read === 0);
  const receipts: string[] = [];
  for (const { receipt, read, body } of rows) {
    if (read === 1 && (await hasAny(traits, body))) receipts.push(receipt);
  }
  return { receipts, end: unread === undefined ? end : acceptedAt(unread.receipt) + 1 };
}

/** A mark is short: another trait may have the same. */
async function hasAny(traits: readonly Trait[], body: StoredText | null): Promise<boolean> {
  const event = await thaw(body, null);
  if (event === "unreadable") return false;
  const own = traitsOf(event);
  return traits.some((wanted) => own.some((trait) => isSameTrait(trait, wanted)));
}
