import * as z from "zod";
import { RELAY_SOURCE } from "../../events/own-source.ts";
import { addUp, isBalanced, type LedgerLine, toLine } from "./line.ts";
import { counters } from "./tally.ts";

const tallyRow = z.looseObject({ source: z.string() });
const waitingRow = z.object({ source: z.string(), replay: z.number(), waiting: z.number() });
const spoolRow = z.object({ spooled: z.number() });

/** The whole ledger. `unread`: webhooks still in the queue or the spool, overall only. */
export interface Ledger extends Omit<LedgerLine, "webhooks"> {
  readonly balanced: boolean;
  readonly webhooks: LedgerLine["webhooks"] & { unread: number };
  readonly sources: Readonly<Record<string, LedgerLine>>;
}

/** Each half has an index of its own. */
const WAITING = ["next IS NULL", "next IS NOT NULL"]
  .map((half) => `SELECT source, run FROM delivery WHERE state = 'waiting' AND ${half}`)
  .join(" UNION ALL ");

/**
 * Reads the ledger. What waits is counted from the deliveries themselves, all else from the tally and its sums: they balance only
 * if both tell the same.
 * @param queued webhooks in the queues
 */
export async function readLedger(log: D1Database, queued: number): Promise<Ledger> {
  const names = counters.join(", ");
  const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const [tallied, waiting, spooled] = await log.batch([
    log.prepare(
      `SELECT source, ${sums} FROM (
         SELECT source, ${names} FROM tally
         UNION ALL SELECT source, ${names} FROM tally_sum WHERE unit = 'total' AND span = '')
       GROUP BY source HAVING sum(${counters.join(" + ")}) > 0`,
    ),
    log.prepare(`SELECT source, run > 0 AS replay, count(*) AS waiting FROM (${WAITING}) GROUP BY 1, 2`),
    log.prepare("SELECT count(*) AS spooled FROM spool WHERE body IS NULL OR tries > 0"),
  ]);
  const tallies = z.array(tallyRow).parse(tallied?.results);
  const waits = z.array(waitingRow).parse(waiting?.results);
  const unread = queued + (z.array(spoolRow).parse(spooled?.results)[0]?.spooled ?? 0);
  const sum = (replay: number, source?: string) =>
    waits
      .filter((row) => row.replay === replay && (source === undefined || row.source === source))
      .reduce((total, row) => total + row.waiting, 0);
  const waitingOf = (source?: string) => ({ deliveries: sum(0, source), replays: sum(1, source) });
  const total = toLine(addUp(tallies), waitingOf());
  // What the relay tells of itself is no webhook; its deliveries are some as any.
  const { webhooks } = toLine(addUp(tallies.filter(({ source }) => source !== RELAY_SOURCE)));
  return {
    balanced: isBalanced(total.deliveries) && isBalanced(total.replays),
    ...total,
    webhooks: { ...webhooks, accepted: webhooks.accepted + unread, unread },
    sources: Object.fromEntries(tallies.map((row) => [row.source, toLine(row, waitingOf(row.source))])),
  };
}
