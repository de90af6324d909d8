import * as z from "zod";
import { type Receipt, receipt } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";

/** Deliveries that are looked at, the newest first; each reads four rows of tables and indexes. */
const MAX_LOOKED_AT = 3000;

const row = z.object({
  destination: z.string(),
  reason: z.string().nullable(),
  looked: z.number(),
  deliveries: z.number(),
  first: receipt.nullable(),
  last: receipt.nullable(),
});

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

/** Groups what was given up. Examines some 12,000 rows at most. Rejects when the log cannot be read. */
export async function readGivenUp(
  log: D1Database,
  { state, destination }: { readonly state: "dead" | "expired"; readonly destination?: string | undefined },
): Promise<GivenUpFound> {
  const { results } = await log
    .prepare(
      `SELECT destination, reason, count(*) AS looked, sum(stands) AS deliveries,
         min(iif(stands, receipt, NULL)) AS first, max(iif(stands, receipt, NULL)) AS last
       FROM (SELECT destination, reason, receipt, NOT EXISTS (SELECT 1 FROM delivery AS later
           WHERE later.receipt = ended.receipt AND later.destination = ended.destination AND later.run > ended.run) AS stands
         FROM delivery AS ended INDEXED BY delivery_given_up
         WHERE state IN ('dead', 'expired') AND state = ?1 ORDER BY receipt DESC LIMIT ${MAX_LOOKED_AT})
       GROUP BY destination, reason ORDER BY deliveries DESC, last DESC`,
    )
    .bind(state)
    .all();
  const { read } = sortRows(row, results);
  const groups = read.flatMap(({ looked: _, first, last, ...group }) =>
    first === null || last === null || (destination ?? group.destination) !== group.destination
      ? []
      : { ...group, first, last },
  );
  return { groups, more: read.reduce((sum, { looked }) => sum + looked, 0) >= MAX_LOOKED_AT };
}
