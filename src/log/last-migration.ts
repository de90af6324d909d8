import * as z from "zod";

/** The newest migration that this version's tables need. */
export const LAST_MIGRATION = "0001_log.sql";

const row = z.object({ name: z.string() });

/** Whether the database has it. Rejects when the log cannot be read. */
export async function isMigrated(log: D1Database): Promise<boolean> {
  const { results } = await log.prepare("SELECT name FROM d1_migrations WHERE name = ?1").bind(LAST_MIGRATION).all();
  return z.array(row).parse(results).length > 0;
}
