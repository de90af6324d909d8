import * as z from "zod";
import type { EventId } from "../../events/event-id.ts";
import { receiptAt } from "../../events/receipt.ts";

/** One webhook that wants to become the event `id`. */
export interface Claim {
  readonly receipt: string;
  readonly id: EventId;
  /** Ids of the same event, had it first been seen in the window before or after, or under another key. */
  readonly neighbours: readonly EventId[];
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Milliseconds. */
  readonly windowMs: number;
}

/** Whose event it is: this webhook's own, one that came before, or settled already by an earlier run of this webhook. */
export type Claimed =
  | { readonly state: "own" }
  | { readonly state: "duplicate"; readonly id: EventId; readonly first: string }
  | { readonly state: "settled" };

const claimRow = z.object({ id: z.string(), receipt: z.string() });
const settledRow = z.object({ receipt: z.string() });

/**
 * Claims the events of a batch, each id once. A webhook that was cut off between claim and settlement finds its own
 * claim again and goes on; the claim of one that became no event in the end is nobody's. Rejects when the log cannot be reached.
 */
export async function claimEvents(log: D1Database, claims: readonly Claim[]): Promise<ReadonlyMap<string, Claimed>> {
  const wanted = claims.map((claim) => ({ ...claim, ...receiptsWithin(claim) }));
  const ids = claims.flatMap(({ id, neighbours }) => [id, ...neighbours]);
  const [, , claimed, settled] = await log.batch([
    freeClaims(log, ids),
    log
      .prepare(
        `INSERT INTO claim (id, receipt)
         SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1) AS wanted
         WHERE NOT EXISTS (SELECT 1 FROM failure WHERE failure.receipt = wanted.value ->> 'receipt')
         AND NOT EXISTS (
           SELECT 1 FROM claim
           WHERE claim.id IN (SELECT value FROM json_each(wanted.value -> 'neighbours'))
             AND claim.receipt BETWEEN wanted.value ->> 'from' AND wanted.value ->> 'to')
         ON CONFLICT DO NOTHING`,
      )
      .bind(JSON.stringify(wanted)),
    log
      .prepare("SELECT id, receipt FROM claim WHERE id IN (SELECT value FROM json_each(?1))")
      .bind(JSON.stringify(ids)),
    log
      .prepare(
        `WITH asked AS (SELECT value AS receipt FROM json_each(?1))
         SELECT receipt FROM asked WHERE receipt IN (SELECT receipt FROM event WHERE receipt IN asked)
           OR receipt IN (SELECT receipt FROM duplicate WHERE receipt IN asked)
           OR receipt IN (SELECT receipt FROM failure WHERE receipt IN asked)`,
      )
      .bind(JSON.stringify(claims.map(({ receipt }) => receipt))),
  ]);
  const owners = new Map(
    z
      .array(claimRow)
      .parse(claimed?.results)
      .map(({ id, receipt }) => [id, receipt]),
  );
  const done = new Set(
    z
      .array(settledRow)
      .parse(settled?.results)
      .map(({ receipt }) => receipt),
  );
  return new Map(
    wanted.map((claim) => [
      claim.receipt,
      done.has(claim.receipt) ? { state: "settled" } : compareClaims(claim, owners),
    ]),
  );
}

/** The statement that frees those ids that are claimed by a webhook that became no event. */
export function freeClaims(log: D1Database, ids: readonly EventId[]): D1PreparedStatement {
  return log
    .prepare(
      `DELETE FROM claim WHERE id IN (SELECT value FROM json_each(?1))
         AND EXISTS (SELECT 1 FROM failure WHERE failure.receipt = claim.receipt)`,
    )
    .bind(JSON.stringify(ids));
}

/** Two of one batch may each have got an id of their own at the edge of a window: then the earlier one is the event. */
function compareClaims(claim: Claim & Within, owners: ReadonlyMap<string, string>): Claimed {
  const owner = owners.get(claim.id);
  if (owner !== undefined && owner !== claim.receipt) return { state: "duplicate", id: claim.id, first: owner };
  for (const id of claim.neighbours) {
    const first = owners.get(id);
    // Claimed by itself under the key before, and cut off.
    if (first === claim.receipt) continue;
    const near = first !== undefined && first >= claim.from && first <= claim.to;
    if (near && (owner === undefined || first < claim.receipt)) return { state: "duplicate", id, first };
  }
  return { state: "own" };
}

interface Within {
  readonly from: string;
  readonly to: string;
}

/** The receipts given out less than a window before or after: they sort by time. */
function receiptsWithin({ receivedAt, windowMs }: Claim): Within {
  return {
    from: receiptAt(receivedAt - windowMs),
    to: receiptAt(receivedAt + windowMs),
  };
}
