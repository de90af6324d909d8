import * as z from "zod";
import { type Receipt, receipt } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";

/** Deliveries that are looked at, the newest first; each reads six rows of tables and indexes. */
const MAX_LOOKED_AT = 3000;

const row = z.object({
  destination: z.string(),
  reason: z.string().nullable(),
  deliveries: z.number(),
  first: receipt,
  last: receipt,
});
const lookedRow = z.object({ looked: z.number() });

/** Deliveries to one destination that ended alike and were not replayed since; `first` and `last` are receipts. */
export interface GivenUp {
  readonly destination: string;
  readonly reason: string | null;
  readonly deliveries: number;
  readonly first: Receipt;
  readonly last: Receipt;
}

/** What was given up by destination and cause; `more`: there is more than was looked at, and each number is the least. */
export interface GivenUpFound {
  readonly groups: readonly GivenUp[];
  readonly more: boolean;
}

const RECENT = `SELECT destination, receipt, run FROM delivery INDEXED BY delivery_given_up
  WHERE state IN ('dead', 'expired') AND state = ?1 ORDER BY receipt DESC LIMIT ${MAX_LOOKED_AT}`;

/** Groups what was given up. Examines some 18,000 rows at most. Rejects when the log cannot be read. */
export async function readGivenUp(
  log: D1Database,
  { state, destination }: { readonly state: "dead" | "expired"; readonly destination?: string | undefined },
): Promise<GivenUpFound> {
  const [grouped, looked] = await log.batch([
    log
      .prepare(
        `WITH recent AS MATERIALIZED (${RECENT})
         SELECT recent.destination, reason, count(*) AS deliveries, min(recent.receipt) AS first, max(recent.receipt) AS last
         FROM recent CROSS JOIN delivery USING (receipt, destination, run)
         WHERE (?2 IS NULL OR recent.destination = ?2) AND NOT EXISTS (
           SELECT 1 FROM delivery AS later WHERE later.receipt = recent.receipt
             AND later.destination = recent.destination AND later.run > recent.run)
         GROUP BY recent.destination, reason ORDER BY deliveries DESC, last DESC`,
      )
      .bind(state, destination ?? null),
    log.prepare(`SELECT count(*) AS looked FROM (${RECENT})`).bind(state),
  ]);
  const counted = sortRows(lookedRow, looked?.results ?? []).read[0]?.looked ?? 0;
  return { groups: sortRows(row, grouped?.results ?? []).read, more: counted >= MAX_LOOKED_AT };
}
