import * as z from "zod";
import type { Deed } from "./audit/entry.ts";
import { writeAudited } from "./audit/write.ts";

const row = z.object({
  id: z.string(),
  name: z.string(),
  role: z.string(),
  destination: z.string().nullable(),
  created: z.number(),
  maker: z.string(),
  expires: z.number().nullable(),
  used: z.number().nullable(),
});
const provable = row.extend({ hash: z.string() });

/** A named token as it is kept, without what proves it. Times are milliseconds since the epoch; `maker`: who made it. */
export type KeptToken = z.infer<typeof row>;
/** The same with its SHA-256, in hex. */
export type ProvableToken = z.infer<typeof provable>;

const COLUMNS = "id, name, role, destination, created, maker, expires, used";
/** More tokens than this are not listed, nor made. */
export const MAX_TOKENS = 500;
const HOUR_MS = 3_600_000;

/** One token by its id, with what proves it. Rejects when the log cannot be read. */
export async function readToken(log: D1Database, id: string): Promise<ProvableToken | undefined> {
  const found = await log.prepare(`SELECT ${COLUMNS}, hash FROM token WHERE id = ?1`).bind(id).first();
  return found === null ? undefined : provable.parse(found);
}

/** All tokens, by name. Rejects when the log cannot be read. */
export async function listTokens(log: D1Database): Promise<KeptToken[]> {
  const { results } = await log.prepare(`SELECT ${COLUMNS} FROM token ORDER BY name LIMIT ${MAX_TOKENS}`).all();
  return z.array(row).parse(results);
}

/**
 * Writes a token down. False when another one has its name, or there are too many. Rejects when the log cannot be
 * written.
 */
export async function insertToken(log: D1Database, token: ProvableToken, deed: Deed): Promise<boolean> {
  const { id, name, role, destination, hash, created, maker, expires } = token;
  const statement = log
    .prepare(
      `INSERT INTO token (id, name, role, destination, hash, created, maker, expires)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8 WHERE (SELECT count(*) FROM token) < ${MAX_TOKENS}
       ON CONFLICT (name) DO NOTHING RETURNING id`,
    )
    .bind(id, name, role, destination, hash, created, maker, expires);
  const [inserted] = await writeAudited(log, [statement], deed, created);
  return inserted?.results.length === 1;
}

/** Ends a token, at once. False when there is none any more. Rejects when the log cannot be written. */
export async function deleteToken(log: D1Database, id: string, deed: Deed, now: number): Promise<boolean> {
  const statement = log.prepare("DELETE FROM token WHERE id = ?1 RETURNING id").bind(id);
  const [deleted] = await writeAudited(log, [statement], deed, now);
  return deleted?.results.length === 1;
}

/** Whether it is worth writing down that a token is used now: once an hour. */
export function isNewlyUsed({ used }: Pick<KeptToken, "used">, now: number): boolean {
  return used === null || Math.floor(used / HOUR_MS) < Math.floor(now / HOUR_MS);
}

/** Writes down that a token is used. Rejects when the log cannot be written. */
export async function noteUse(log: D1Database, id: string, now: number): Promise<void> {
  const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
  await log.prepare("UPDATE token SET used = ?2 WHERE id = ?1 AND (used IS NULL OR used < ?2)").bind(id, hour).run();
}
