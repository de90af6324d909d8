import * as z from "zod";
import { deflate } from "../../platform/deflate.ts";
import { DELETED, type KeptDocument } from "./last-good.ts";

const newest = z.object({
  name: z.string(),
  hash: z.string(),
  who: z.string(),
  at: z.number(),
  missing: z.number().nullable(),
});

/** The newest version of a document, and since when KV shows none, where that was noted; milliseconds since the epoch. */
export type Newest = z.infer<typeof newest>;

/** The newest versions of these documents, without their text; those that were never kept are left out. */
export async function readNewest(log: D1Database, names: readonly string[]): Promise<ReadonlyMap<string, Newest>> {
  const { results } = await log
    .prepare(
      `SELECT document.name, hash, who, at, since AS missing FROM json_each(?1) AS wanted
       JOIN document ON document.name = wanted.value
         AND version = (SELECT max(version) FROM document AS own WHERE own.name = wanted.value)
       LEFT JOIN missing_document AS gone ON gone.name = wanted.value`,
    )
    .bind(JSON.stringify(names))
    .all();
  return new Map(
    z
      .array(newest)
      .parse(results)
      .map((one) => [one.name, one]),
  );
}

/** Notes since when KV shows nothing under a document's key. */
export async function noteMissing(log: D1Database, name: string, since: number): Promise<void> {
  await log
    .prepare("INSERT INTO missing_document (name, since) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET since = ?2")
    .bind(name, since)
    .run();
}

/** Forgets that a document was missing: KV shows one again. */
export async function forgetMissing(log: D1Database, name: string): Promise<void> {
  await log.prepare("DELETE FROM missing_document WHERE name = ?1").bind(name).run();
}

/**
 * Records that a document was deleted, as a version of its own, so that no older one comes back when KV is silent.
 * Nothing happens if a newer version came meanwhile.
 * @param after hash of the version that is gone
 */
export async function recordDeletion(
  log: D1Database,
  name: string,
  { hash, at, body }: KeptDocument,
  after: string,
): Promise<void> {
  await log.batch([
    log
      .prepare(
        `INSERT INTO document (name, version, hash, who, at, body)
         SELECT name, version + 1, ?2, '${DELETED}', ?3, ?4
         FROM (SELECT name, version, hash FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1) WHERE hash = ?5`,
      )
      .bind(name, hash, at, await deflate(body), after),
    log.prepare("DELETE FROM missing_document WHERE name = ?1").bind(name),
  ]);
}
