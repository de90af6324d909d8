import * as z from "zod";
import { counters } from "./tally.ts";

const tallyRow = z.object({ source: z.string(), ...Object.fromEntries(counters.map((name) => [name, z.number()])) });
type TallyRow = z.infer<typeof tallyRow>;
const waitingRow = z.object({ source: z.string(), replay: z.number(), waiting: z.number() });
const spoolRow = z.object({ spooled: z.number() });

/** The four ends of a delivery; `due` was frozen when the event was fanned out. */
export interface DeliveryLine {
  readonly due: number;
  readonly delivered: number;
  readonly dead: number;
  readonly expired: number;
  readonly waiting: number;
}

/** What was counted for one source, or for all of them. */
export interface LedgerLine {
  readonly webhooks: { accepted: number; events: number; duplicates: number; failed: number; unrouted: number };
  readonly deliveries: DeliveryLine;
  readonly replays: DeliveryLine;
  readonly logins: { decided: number; granted: number; refused: number };
}

/** The whole ledger. `unread`: webhooks still in the queue or the spool, overall only. */
export interface Ledger extends Omit<LedgerLine, "webhooks"> {
  readonly balanced: boolean;
  readonly webhooks: LedgerLine["webhooks"] & { unread: number };
  readonly sources: Readonly<Record<string, LedgerLine>>;
}

/**
 * Reads the ledger. What waits is counted from the deliveries themselves, all else from the tally: they balance only
 * if both tell the same.
 * @param queued webhooks in the queues
 */
export async function readLedger(log: D1Database, queued: number): Promise<Ledger> {
  const sums = counters.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const [tallied, waiting, spooled] = await log.batch([
    log.prepare(`SELECT source, ${sums} FROM tally GROUP BY source`),
    log.prepare(
      `SELECT source, run > 0 AS replay, count(*) AS waiting FROM delivery WHERE state = 'waiting' GROUP BY 1, 2`,
    ),
    log.prepare("SELECT count(*) AS spooled FROM spool WHERE body IS NULL OR tries > 0"),
  ]);
  const tallies = z.array(tallyRow).parse(tallied?.results);
  const waits = z.array(waitingRow).parse(waiting?.results);
  const unread = queued + (z.array(spoolRow).parse(spooled?.results)[0]?.spooled ?? 0);
  const waitingOf = (source: string | undefined, replay: number) =>
    waits
      .filter((row) => row.replay === replay && (source === undefined || row.source === source))
      .reduce((sum, row) => sum + row.waiting, 0);
  const total = toLine(addUp(tallies), waitingOf(undefined, 0), waitingOf(undefined, 1));
  return {
    balanced: isBalanced(total.deliveries) && isBalanced(total.replays),
    ...total,
    webhooks: { ...total.webhooks, accepted: total.webhooks.accepted + unread, unread },
    sources: Object.fromEntries(
      tallies.map((row) => [row.source, toLine(row, waitingOf(row.source, 0), waitingOf(row.source, 1))]),
    ),
  };
}

function addUp(rows: readonly TallyRow[]): Record<string, number> {
  return Object.fromEntries(counters.map((name) => [name, rows.reduce((sum, row) => sum + numberAt(row, name), 0)]));
}

function toLine(row: Readonly<Record<string, unknown>>, waiting: number, replaysWaiting: number): LedgerLine {
  const get = (name: (typeof counters)[number]) => numberAt(row, name);
  const [events, duplicates, failed] = [get("events"), get("duplicates"), get("failed")];
  return {
    webhooks: { accepted: events + duplicates + failed, events, duplicates, failed, unrouted: get("unrouted") },
    deliveries: {
      due: get("due"),
      delivered: get("delivered"),
      dead: get("dead"),
      expired: get("expired"),
      waiting,
    },
    replays: {
      due: get("replay_due"),
      delivered: get("replay_delivered"),
      dead: get("replay_dead"),
      expired: get("replay_expired"),
      waiting: replaysWaiting,
    },
    logins: { decided: get("logins"), granted: get("granted"), refused: get("logins") - get("granted") },
  };
}

function numberAt(row: Readonly<Record<string, unknown>>, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : 0;
}

function isBalanced({ due, delivered, dead, expired, waiting }: DeliveryLine): boolean {
  return due === delivered + dead + expired + waiting;
}
