import { createHash } from "node:crypto";
import type { Miniflare } from "miniflare";
import * as z from "zod";

const row = z.object({ version: z.number(), who: z.string(), at: z.number() }).nullable();

/** A version of a document as the relay kept it. `at`: milliseconds since the epoch. */
export type KeptVersion = NonNullable<z.infer<typeof row>>;

type Log = Awaited<ReturnType<Miniflare["getD1Database"]>>;

/** The newest version with this text; undefined when the relay never saw it. */
export async function findVersion(log: Log, name: string, text: string): Promise<KeptVersion | undefined> {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const found = await log
    .prepare("SELECT version, who, at FROM document WHERE name = ? AND hash = ? ORDER BY version DESC LIMIT 1")
    .bind(name, hash)
    .first();
  return row.parse(found) ?? undefined;
}
