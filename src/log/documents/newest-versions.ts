import * as z from "zod";
import { DELETED } from "./last-good.ts";
import type { Version } from "./versions.ts";

const row = z.object({ name: z.string(), version: z.number(), hash: z.string(), who: z.string(), at: z.number() });

/** The newest version of each of some documents, by name; of one that is not there, or was deleted, there is none. */
export async function readNewestVersions(
  log: D1Database,
  names: readonly string[],
): Promise<ReadonlyMap<string, Version>> {
  const { results } = await log
    .prepare(
      `SELECT name, version, hash, who, at FROM json_each(?1) AS wanted
       JOIN document ON document.name = wanted.value
         AND document.version = (SELECT max(version) FROM document WHERE name = wanted.value)`,
    )
    .bind(JSON.stringify(names))
    .all();
  const there = z.array(row).parse(results);
  return new Map(there.flatMap(({ name, ...version }) => (version.who === DELETED ? [] : [[name, version]])));
}
