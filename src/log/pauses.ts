import * as z from "zod";
import { sortRows } from "../platform/d1/sort-rows.ts";

/** A pause holds whatever else its row says. */
const row = z.object({ destination: z.string(), since: z.number().catch(0), reason: z.string().catch("unknown") });

/** A destination that gets nothing until it is resumed. `since`: milliseconds since the epoch. */
export type Pause = z.infer<typeof row>;

/** Every pause in force. Rejects when the log cannot be read. */
export async function readPauses(log: D1Database): Promise<Pause[]> {
  const { results } = await log.prepare("SELECT destination, since, reason FROM pause").all();
  return sortRows(row, results).read;
}

/** Writes a pause down; one that stands already is kept. Rejects when the log cannot be written. */
export async function putPause(log: D1Database, { destination, since, reason }: Pause): Promise<void> {
  await log
    .prepare("INSERT INTO pause (destination, since, reason) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")
    .bind(destination, since, reason)
    .run();
}

/** Ends a pause. Rejects when the log cannot be written. */
export async function deletePause(log: D1Database, destination: string): Promise<void> {
  await log.prepare("DELETE FROM pause WHERE destination = ?1").bind(destination).run();
}
