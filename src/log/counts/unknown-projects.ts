import * as z from "zod";

const row = z.object({ project: z.string(), first: z.number() });
const noted = z.object({ source: z.string(), project: z.string(), first: z.number() });

/** A project that no rule named when it was first asked about; milliseconds since the epoch. */
export type UnknownProject = z.infer<typeof row>;
/** The same with the source whose map lacks it. */
export type NotedProject = z.infer<typeof noted>;

/** A vendor that sends anything must not fill the log. */
const MAX_ROWS_PER_SOURCE = 1000;

/** Records projects that are not named by any rule, in one statement. Returns those that were not known before. */
export async function addUnknownProjects(log: D1Database, projects: readonly NotedProject[]): Promise<NotedProject[]> {
  const { results } = await log
    .prepare(
      `WITH given AS (
         SELECT value ->> 'source' AS source, value ->> 'project' AS project, value ->> 'first' AS first
         FROM json_each(?1)
       ), fresh AS (
         SELECT *, row_number() OVER (PARTITION BY source) AS position FROM given
         WHERE NOT EXISTS (SELECT 1 FROM unknown_project AS kept
           WHERE kept.source = given.source AND kept.project = given.project)
       )
       INSERT INTO unknown_project (source, project, first)
       SELECT source, project, first FROM fresh
       WHERE position + (SELECT count(*) FROM unknown_project AS kept WHERE kept.source = fresh.source) <= ${MAX_ROWS_PER_SOURCE}
       ON CONFLICT DO NOTHING RETURNING source, project, first`,
    )
    .bind(JSON.stringify(projects))
    .all();
  return z.array(noted).parse(results);
}

/** The projects of a source that were unknown once, the newest first. */
export async function readUnknownProjects(log: D1Database, source: string): Promise<UnknownProject[]> {
  const { results } = await log
    .prepare("SELECT project, first FROM unknown_project WHERE source = ?1 ORDER BY first DESC")
    .bind(source)
    .all();
  return z.array(row).parse(results);
}
