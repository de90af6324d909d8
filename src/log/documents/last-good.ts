import * as z from "zod";
import { deflate, inflate } from "../../platform/deflate.ts";

/** A version of a document, as kept. `at`: milliseconds since the epoch. */
export interface KeptDocument {
  readonly hash: string;
  readonly at: number;
  readonly body: string;
}

/** The newest of them. `deleted`: it says that there is none any more. */
export type LastGood = KeptDocument & { readonly deleted?: true };

/** Who wrote the version that stands for a deletion. */
export const DELETED = "deleted";

const row = z.object({ hash: z.string(), who: z.string(), at: z.number(), body: z.custom<number[]>(Array.isArray) });

/** KV may show an old version at one place for a while after a new one was seen at another; milliseconds. */
export const STALE_READS_MS = 3 * 60_000;
/** A deletion is recorded only some time after KV showed it first. */
const STALE_AFTER_DELETION_MS = 60_000;

/** The last version of a document that was not invalid; undefined when none ever was. Rejects when the log cannot be read. */
export async function readLastGood(log: D1Database, name: string): Promise<LastGood | undefined> {
  const found = await log
    .prepare("SELECT hash, who, at, body FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1")
    .bind(name)
    .first();
  if (found === null) return undefined;
  const { hash, who, at, body } = row.parse(found);
  const kept = { hash, at, body: await inflate(Uint8Array.from(body)) };
  return who === DELETED ? { ...kept, deleted: true } : kept;
}

/**
 * Keeps a document as its newest version: unless it is that already, or it is an older one that was read while its
 * successor was still on its way through KV.
 * @param who `kv` for what was put there by hand, `deleted` for the empty document in place of one that is gone
 */
export async function keepDocument(
  log: D1Database,
  name: string,
  kept: KeptDocument,
  who: "kv" | typeof DELETED,
): Promise<void> {
  const { hash, at, body } = kept;
  await log
    .prepare(
      `WITH own AS (SELECT version, hash, who, at FROM document WHERE name = ?1),
         newest AS (SELECT * FROM own ORDER BY version DESC LIMIT 1)
       INSERT INTO document (name, version, hash, who, at, body)
       SELECT ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5 FROM own
       HAVING coalesce((SELECT hash FROM newest), '') <> ?2
         AND NOT (coalesce(sum(hash = ?2), 0) > 0
           AND (SELECT at > ?4 - iif(who = '${DELETED}', ${STALE_AFTER_DELETION_MS}, ${STALE_READS_MS}) FROM newest))`,
    )
    .bind(name, hash, who, at, await deflate(body))
    .run();
}
