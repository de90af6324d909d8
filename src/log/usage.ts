import * as z from "zod";
import { dayOf } from "../platform/time/instant.ts";
import { COUNTED_BY_DAY } from "./ledger/by-day.ts";

const row = z.object({ today: z.number().nullable() });

/** Webhooks and questions of this UTC day, as far as they are counted, and the size of the log. Rejects when it cannot be read. */
export async function readUsage(log: D1Database, now: number) {
  const { results, meta } = await log
    .prepare(`SELECT sum(events + duplicates + failed + logins + questions) AS today FROM (${COUNTED_BY_DAY})`)
    .bind(dayOf(now), dayOf(now))
    .all();
  const [{ today } = { today: 0 }] = z.array(row).parse(results);
  return { today: today ?? 0, databaseBytes: meta.size_after };
}
