import * as z from "zod";
import { deflate, inflate } from "./deflate.ts";

/** A validated version of a document, as kept. `at`: milliseconds since the epoch. */
export interface KeptDocument {
  readonly hash: string;
  readonly at: number;
  readonly body: string;
}

const row = z.object({ hash: z.string(), at: z.number(), body: z.custom<number[]>(Array.isArray) });

/** KV may show an old version at one place for a while after a new one was seen at another; milliseconds. */
export const STALE_READS = 3 * 60_000;

/** The last version of a document that was valid; undefined when none ever was. Rejects when the log cannot be read. */
export async function readLastGood(log: D1Database, name: string): Promise<KeptDocument | undefined> {
  const found = await log
    .prepare("SELECT hash, at, body FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1")
    .bind(name)
    .first();
  if (found === null) return undefined;
  const { hash, at, body } = row.parse(found);
  return { hash, at, body: await inflate(Uint8Array.from(body)) };
}

/**
 * Keeps a validated document as its newest version: unless it is that already, or it is an older one that was read
 * while its successor was still on its way through KV.
 * @param who `kv` for what was put there by hand, `deleted` for the empty document in place of one that is gone
 */
export async function keepDocument(
  log: D1Database,
  name: string,
  kept: KeptDocument,
  who: "kv" | "deleted",
): Promise<void> {
  const { hash, at, body } = kept;
  await log
    .prepare(
      `INSERT INTO document (name, version, hash, who, at, body)
       SELECT ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5 FROM document WHERE name = ?1
       HAVING coalesce((SELECT hash FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1), '') <> ?2
         AND NOT (coalesce(max(at), 0) > ?6 AND coalesce(sum(hash = ?2), 0) > 0
           AND (SELECT who FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1) <> 'deleted')`,
    )
    .bind(name, hash, who, at, await deflate(body), at - STALE_READS)
    .run();
}
