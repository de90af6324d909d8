import * as z from "zod";

const row = z.object({ id: z.string(), username: z.string(), seen: z.string() });

/** An agent who asked to log in: id and user name as the map compares them, `""` where only the other came. */
export type Agent = Pick<z.infer<typeof row>, "id" | "username">;
/** The same with the UTC day on which they asked last, `YYYY-MM-DD`. */
export type SeenAgent = z.infer<typeof row>;

/** A vendor that makes up agents must not fill the log; beyond that, new ones are not kept. */
const MAX_AGENTS_PER_SOURCE = 10_000;
/** Of one agent; ids and names may have been given to others. */
const MAX_LINKED = 50;
/** Of the names that are compared: those with the same first letter, and any others. */
const MAX_NAMES = 3000;

/**
 * Notes who asked on a UTC day. Of agents who were seen on that day or later nothing is written, however often they
 * ask. Rejects when the log cannot be written.
 */
export async function addAgents(log: D1Database, source: string, agents: readonly Agent[], day: string): Promise<void> {
  await log
    .prepare(
      `WITH given AS (
         SELECT DISTINCT value ->> 'id' AS id, value ->> 'username' AS username FROM json_each(?2)
       ), fresh AS MATERIALIZED (
         SELECT id, username, row_number() OVER () AS position FROM given
         WHERE NOT EXISTS (SELECT 1 FROM agent AS kept
           WHERE kept.source = ?1 AND kept.id = given.id AND kept.username = given.username)
       ), room AS MATERIALIZED (
         SELECT iif(EXISTS (SELECT 1 FROM fresh),
           ${MAX_AGENTS_PER_SOURCE} - (SELECT count(*) FROM agent WHERE source = ?1), 0) AS places
       )
       INSERT INTO agent (source, id, username, seen)
       SELECT ?1, id, username, ?3 FROM given
       WHERE NOT EXISTS (SELECT 1 FROM fresh WHERE fresh.id = given.id AND fresh.username = given.username
         AND fresh.position > (SELECT places FROM room))
       ON CONFLICT (source, id, username) DO UPDATE SET seen = excluded.seen WHERE seen < excluded.seen`,
    )
    .bind(source, JSON.stringify(agents), day)
    .run();
}

/** The agents of a source who have this id or this user name, those seen last first. */
export async function readAgents(
  log: D1Database,
  source: string,
  { id, username }: Partial<Agent>,
): Promise<SeenAgent[]> {
  const { results } = await log
    .prepare(
      `SELECT id, username, seen FROM agent WHERE source = ?1 AND id = ?2
       UNION SELECT id, username, seen FROM agent INDEXED BY agent_name WHERE source = ?1 AND username = ?3
       ORDER BY seen DESC LIMIT ${MAX_LINKED}`,
    )
    .bind(source, id ?? null, username ?? null)
    .all();
  return z.array(row).parse(results);
}

/** User names and ids of a source among which one is looked for that is like another; those of the same beginning first. */
export async function readAgentNames(log: D1Database, source: string, beginning: string): Promise<string[]> {
  const { results } = await log
    .prepare(
      `SELECT * FROM (SELECT id, username FROM agent INDEXED BY agent_name
         WHERE source = ?1 AND username >= ?2 AND username < ?2 || char(0x10FFFF) LIMIT ${MAX_NAMES})
       UNION SELECT * FROM (SELECT id, username FROM agent INDEXED BY agent_name WHERE source = ?1 LIMIT ${MAX_NAMES})`,
    )
    .bind(source, beginning)
    .all();
  const agents = z.array(row.omit({ seen: true })).parse(results);
  return [...new Set(agents.flatMap(({ id, username }) => [username, id]))].filter((name) => name !== "");
}

const ofSource = row.extend({ source: z.string() });

/** The agents of some sources whose user name or id begins so, by user name; with no beginning all of them have such a name. */
export async function listAgents(
  log: D1Database,
  sources: readonly string[],
  beginning: string,
  most: number,
): Promise<z.infer<typeof ofSource>[]> {
  const { results } = await log
    .prepare(
      `SELECT source, id, username, seen FROM (SELECT agent.* FROM json_each(?1) AS wanted
         JOIN agent INDEXED BY agent_name ON agent.source = wanted.value
           AND agent.username >= ?2 AND agent.username < ?2 || char(0x10FFFF) LIMIT ?3)
       UNION SELECT source, id, username, seen FROM (SELECT agent.* FROM json_each(?1) AS wanted
         JOIN agent ON agent.source = wanted.value AND agent.id >= ?2 AND agent.id < ?2 || char(0x10FFFF)
         WHERE ?2 <> '' LIMIT ?3)
       ORDER BY username, id LIMIT ?3`,
    )
    .bind(JSON.stringify(sources), beginning, most)
    .all();
  return z.array(ofSource).parse(results);
}

/** Removes agents who did not ask since a UTC day. Goes through all of them: not for every minute. */
export function removeAgents(log: D1Database, before: string): D1PreparedStatement {
  return log.prepare("DELETE FROM agent WHERE seen < ?1").bind(before);
}
