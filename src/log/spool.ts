import * as z from "zod";
import { sortRows } from "../platform/d1/sort-rows.ts";

/** A webhook that waits for the queue, or whose body is too large for it. */
export interface Spooled {
  readonly receipt: string;
  /** When to hand it to the queue (again), milliseconds since the epoch. */
  readonly due: number;
  /** The queue's message as JSON. */
  readonly message: string;
  /** Deflated; absent when the message carries it. */
  readonly body?: Uint8Array | undefined;
}

const dueRow = z.object({
  receipt: z.string(),
  tries: z.number().catch(0),
  refused: z.number().catch(0),
  message: z.string().catch(""),
});
const bodyRow = z.object({ body: z.custom<number[]>(Array.isArray).nullable() });

/** A spooled message whose time has come. `tries`: how often it was announced; `refused`: how often the queue refused it. */
export type DueMessage = z.infer<typeof dueRow>;

/** Keeps a webhook until the queue has taken it. Rejects when the log cannot be written. */
export async function putSpool(log: D1Database, { receipt, due, message, body }: Spooled): Promise<void> {
  await log
    .prepare("INSERT INTO spool (receipt, due, tries, message, body) VALUES (?1, ?2, 0, ?3, ?4) ON CONFLICT DO NOTHING")
    .bind(receipt, due, message, body ?? null)
    .run();
}

/** Puts webhooks back that the queue gave up; of a body that lies there the new message tells. Rejects as above. */
export async function returnToSpool(log: D1Database, spooled: readonly Spooled[]): Promise<void> {
  await log.batch(
    spooled.map(({ receipt, due, message }) =>
      log
        .prepare(
          `INSERT INTO spool (receipt, due, tries, message) VALUES (?1, ?2, 0, ?3)
           ON CONFLICT DO UPDATE SET due = excluded.due, message = excluded.message`,
        )
        .bind(receipt, due, message),
    ),
  );
}

/** The deflated body under a receipt; undefined when none lies there. Rejects when the log cannot be read. */
export async function readSpooled(log: D1Database, receipt: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const found = await log.prepare("SELECT body FROM spool WHERE receipt = ?1").bind(receipt).first();
  const body = bodyRow.safeParse(found).data?.body ?? undefined;
  return body === undefined ? undefined : Uint8Array.from(body);
}

/**
 * Messages due at `now`: those that were never refused first, each kind in order of acceptance.
 * @param rows how many at most
 * @param length how many characters they may have together; one is read however long it is
 */
export async function dueSpool(
  log: D1Database,
  now: number,
  rows: number,
  length: number = Number.MAX_SAFE_INTEGER,
): Promise<DueMessage[]> {
  const some = (kind: string, order: string) =>
    `SELECT * FROM (SELECT receipt, tries, refused, message FROM spool WHERE due <= ?1 AND ${kind} ORDER BY ${order} LIMIT ?2)`;
  const { results } = await log
    .prepare(
      `WITH due AS (${some("refused = 0", "receipt")} UNION ALL ${some("refused > 0", "refused, due")}),
         measured AS (SELECT *, sum(length(message)) OVER (ORDER BY refused, receipt) - length(message) AS before FROM due)
       SELECT receipt, tries, refused, message FROM measured WHERE before <= ?3 ORDER BY refused, receipt LIMIT ?2`,
    )
    .bind(now, rows, length)
    .all();
  return sortRows(dueRow, results).read;
}

/** When to look at a message again, and what happened to it until then. */
export interface Postponed {
  readonly receipt: string;
  readonly due: number;
  readonly counts: "tries" | "refused";
}

/** Looks at messages again when their time comes. */
export async function postponeSpool(log: D1Database, postponed: readonly Postponed[]): Promise<void> {
  await log
    .prepare(
      `UPDATE spool SET due = value ->> 'due', tries = tries + (value ->> 'counts' = 'tries'),
         refused = refused + (value ->> 'counts' = 'refused')
       FROM json_each(?1) WHERE spool.receipt = value ->> 'receipt'`,
    )
    .bind(JSON.stringify(postponed))
    .run();
}

/** Lets go of messages that the queue has taken. */
export async function deleteSpool(log: D1Database, receipts: readonly string[]): Promise<void> {
  await log
    .prepare("DELETE FROM spool WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .run();
}

/** More rows are not counted. */
const MAX_COUNTED = 1000;
const waitingRow = z.object({ waiting: z.number(), oldest: z.string().nullable() });

/** Webhooks that wait for the queue. `more`: there are more than were counted; `oldest`: the first receipt among them. */
export interface SpoolStanding {
  readonly waiting: number;
  readonly more: boolean;
  readonly oldest: string | null;
}

/** What waits in the spool; a body that was just announced does not. Examines 1,000 rows. Rejects when it cannot be read. */
export async function readSpoolStanding(log: D1Database): Promise<SpoolStanding> {
  const found = await log
    .prepare(
      `SELECT count(*) AS waiting, min(receipt) AS oldest FROM (
         SELECT receipt, body IS NULL OR tries > 0 AS waits FROM spool ORDER BY receipt LIMIT ${MAX_COUNTED}) WHERE waits`,
    )
    .first();
  const { waiting, oldest } = waitingRow.parse(found);
  return { waiting, more: waiting >= MAX_COUNTED, oldest };
}
