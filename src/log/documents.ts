import * as z from "zod";

const row = z.object({ hash: z.string(), at: z.number(), body: z.string() });

/** A validated version of a document, as kept. `at`: milliseconds since the epoch. */
export type KeptDocument = z.infer<typeof row>;

/** The last version of a document that was valid; undefined when none ever was. Rejects when the log cannot be read. */
export async function readLastGood(log: D1Database, name: string): Promise<KeptDocument | undefined> {
  const found = await log
    .prepare("SELECT hash, at, body FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1")
    .bind(name)
    .first();
  return found === null ? undefined : row.parse(found);
}

/** Keeps a validated document as its newest version, unless it is that already. */
export async function keepDocument(log: D1Database, name: string, kept: KeptDocument, who: string): Promise<void> {
  await log
    .prepare(
      `INSERT INTO document (name, version, hash, who, at, body)
       SELECT ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5 FROM document WHERE name = ?1
       HAVING coalesce((SELECT hash FROM document WHERE name = ?1 ORDER BY version DESC LIMIT 1), '') <> ?2`,
    )
    .bind(name, kept.hash, who, kept.at, kept.body)
    .run();
}
