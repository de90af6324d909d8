import * as z from "zod";
import { sortRows } from "../platform/d1/sort-rows.ts";

/** What shows that it runs: cron each minute, a queue's consumer when the self-test asks for it. */
export const beat = z.enum(["cron", "retries", "dead"]);
export type Beat = z.infer<typeof beat>;

const beatRow = z.object({ name: beat, at: z.number() });

/** Records that something runs; `at`: milliseconds since the epoch. */
export async function noteBeats(log: D1Database, beats: readonly Beat[], at: number): Promise<void> {
  await log
    .prepare("INSERT OR REPLACE INTO beat (name, at) SELECT value, ?2 FROM json_each(?1)")
    .bind(JSON.stringify(beats), at)
    .run();
}

/** When each of them ran last. Rejects when the log cannot be read. */
export async function readBeats(log: D1Database): Promise<ReadonlyMap<Beat, number>> {
  const { results } = await log.prepare("SELECT name, at FROM beat").all();
  return new Map(sortRows(beatRow, results).read.map(({ name, at }) => [name, at]));
}
