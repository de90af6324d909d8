import * as z from "zod";
import { inflate } from "./deflate.ts";

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

const dueRow = z.object({ receipt: z.string(), tries: z.number(), message: z.string() });
const bodyRow = z.object({ body: z.array(z.number()).nullable() });

/** A spooled message whose time has come. `tries`: how often it was postponed. */
export type DueMessage = z.infer<typeof dueRow>;

/** Keeps a webhook until the queue has taken it. Rejects when the log cannot be written. */
export async function putSpool(log: D1Database, { receipt, due, message, body }: Spooled): Promise<void> {
  await log
    .prepare("INSERT INTO spool (receipt, due, tries, message, body) VALUES (?1, ?2, 0, ?3, ?4) ON CONFLICT DO NOTHING")
    .bind(receipt, due, message, body ?? null)
    .run();
}

/** The body under a receipt; undefined when none lies there. Rejects when the log cannot be read. */
export async function readSpooledBody(log: D1Database, receipt: string): Promise<string | undefined> {
  const found = await log.prepare("SELECT body FROM spool WHERE receipt = ?1").bind(receipt).first();
  const body = found === null ? null : bodyRow.parse(found).body;
  return body === null ? undefined : inflate(Uint8Array.from(body));
}

/** Messages due at `now`, in order of acceptance. */
export async function dueSpool(log: D1Database, now: number, limit: number): Promise<DueMessage[]> {
  const { results } = await log
    .prepare("SELECT receipt, tries, message FROM spool WHERE due <= ?1 ORDER BY receipt LIMIT ?2")
    .bind(now, limit)
    .all();
  return z.array(dueRow).parse(results);
}

/** Looks at a message again at `due`. */
export async function postponeSpool(log: D1Database, receipt: string, due: number): Promise<void> {
  await log.prepare("UPDATE spool SET due = ?2, tries = tries + 1 WHERE receipt = ?1").bind(receipt, due).run();
}

/** Lets go of messages that the queue has taken, or whose events are settled. */
export async function deleteSpool(log: D1Database, receipts: readonly string[]): Promise<void> {
  await log
    .prepare("DELETE FROM spool WHERE receipt IN (SELECT value FROM json_each(?1))")
    .bind(JSON.stringify(receipts))
    .run();
}
