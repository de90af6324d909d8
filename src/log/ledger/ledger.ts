import * as z from "zod";
import { RELAY_SOURCE } from "../../events/own-source.ts";
import { addUp, isBalanced, type LedgerLine, toLine } from "./line.ts";
import { counters } from "./tally.ts";

const tallyRow = z.looseObject({ source: z.string() });
const waitingRow = z.object({ source: z.string(), replay: z.number(), waiting: z.number() });
const spoolRow = z.object({ spooled: z.number(), examined: z.number() });

/** Deliveries that are counted one by one; each is looked up in an index and in its table. */
const MAX_WAITING = 4000;
/** Rows of the spool that are counted. */
const MAX_SPOOLED = 5000;

/** The whole ledger. */
export interface Ledger extends Omit<LedgerLine, "webhooks"> {
  readonly balanced: boolean;
  /** Of what there is more than is counted one by one: what waits is then what the counters say, what is unread at least so much. */
  readonly uncounted?: ("waiting" | "unread")[];
  /** `unread`: webhooks still in the queue or the spool, overall only. */
  readonly webhooks: LedgerLine["webhooks"] & { unread: number };
  readonly sources: Readonly<Record<string, LedgerLine>>;
}

/** Each half has an index of its own. */
const WAITING = ["next IS NULL", "next IS NOT NULL"]
  .map((half) => `SELECT source, run FROM delivery WHERE state = 'waiting' AND ${half}`)
  .join(" UNION ALL ");

/**
 * Reads the ledger. What waits is counted from the deliveries themselves, all else from the tally and its sums: they balance only
 * if both tell the same. Where more waits than can be counted, the sums tell it, and they balance if no less waits than that.
 * Examines some 13,000 rows besides those of the counters, whatever the log has. Rejects when the log cannot be read.
 * @param queued webhooks in the queues
 */
export async function readLedger(log: D1Database, queued: number): Promise<Ledger> {
  const names = counters.join(", ");
  const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const [tallied, waiting, spool] = await log.batch([
    log.prepare(
      `SELECT source, ${sums} FROM (
         SELECT source, ${names} FROM tally
         UNION ALL SELECT source, ${names} FROM tally_sum WHERE unit = 'total' AND span = '')
       GROUP BY source HAVING sum(${counters.join(" + ")}) > 0`,
    ),
    log.prepare(
      `SELECT source, run > 0 AS replay, count(*) AS waiting FROM (${WAITING} LIMIT ${MAX_WAITING + 1}) GROUP BY 1, 2`,
    ),
    log.prepare(
      `SELECT coalesce(sum(waits), 0) AS spooled, count(*) AS examined FROM (
         SELECT body IS NULL OR tries > 0 AS waits FROM spool LIMIT ${MAX_SPOOLED})`,
    ),
  ]);
  const tallies = z.array(tallyRow).parse(tallied?.results);
  const waits = z.array(waitingRow).parse(waiting?.results);
  const [{ spooled, examined } = { spooled: 0, examined: 0 }] = z.array(spoolRow).parse(spool?.results);
  const unread = queued + spooled;
  const sum = (replay: number, source?: string) =>
    waits
      .filter((row) => row.replay === replay && (source === undefined || row.source === source))
      .reduce((total, row) => total + row.waiting, 0);
  const counted = { deliveries: sum(0), replays: sum(1) };
  const isTooMuch = counted.deliveries + counted.replays > MAX_WAITING;
  const uncounted = [
    ...(isTooMuch ? ["waiting" as const] : []),
    ...(examined < MAX_SPOOLED ? [] : ["unread" as const]),
  ];
  const waitingOf = (source: string) => ({ deliveries: sum(0, source), replays: sum(1, source) });
  const total = toLine(addUp(tallies), isTooMuch ? undefined : counted);
  // What the relay tells of itself is no webhook; its deliveries are some as any.
  const { webhooks } = toLine(addUp(tallies.filter(({ source }) => source !== RELAY_SOURCE)));
  return {
    balanced: (["deliveries", "replays"] as const).every((part) =>
      isTooMuch ? total[part].waiting >= counted[part] : isBalanced(total[part]),
    ),
    ...(uncounted.length > 0 ? { uncounted } : {}),
    ...total,
    webhooks: { ...webhooks, accepted: webhooks.accepted + unread, unread },
    sources: Object.fromEntries(
      tallies.map((row) => [row.source, toLine(row, isTooMuch ? undefined : waitingOf(row.source))]),
    ),
  };
}
