import * as z from "zod";

const row = z.object({ project: z.string(), first: z.number() });

/** A project that no rule named when it was first asked about; milliseconds since the epoch. */
export type UnknownProject = z.infer<typeof row>;

/** A vendor that sends anything must not fill the log. */
const MOST = 1000;

/** Takes down that a project is not named by any rule. False when it was known already. */
export async function noteUnknownProject(
  log: D1Database,
  source: string,
  { project, first }: UnknownProject,
): Promise<boolean> {
  const { meta } = await log
    .prepare(
      `INSERT INTO unknown_project (source, project, first) SELECT ?1, ?2, ?3
       WHERE (SELECT count(*) FROM unknown_project WHERE source = ?1) < ${MOST} ON CONFLICT DO NOTHING`,
    )
    .bind(source, project, first)
    .run();
  return meta.changes > 0;
}

/** The projects of a source that were unknown once, the newest first. */
export async function readUnknownProjects(log: D1Database, source: string): Promise<UnknownProject[]> {
  const { results } = await log
    .prepare("SELECT project, first FROM unknown_project WHERE source = ?1 ORDER BY first DESC")
    .bind(source)
    .all();
  return z.array(row).parse(results);
}
