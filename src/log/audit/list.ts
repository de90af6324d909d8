import * as z from "zod";

/** What somebody has changed may be of any form, and must not keep the other entries from being read. */
const CHANGED = "(changed)";
const text = z.string().catch(CHANGED);
const textOrNothing = z.string().nullable().catch(CHANGED);
const row = z.object({
  seq: z.number(),
  at: z.number().catch(0),
  role: text,
  action: text,
  before: textOrNothing,
  after: textOrNothing,
  hash: text,
  who: textOrNothing,
  what: textOrNothing,
  reason: textOrNothing,
});

/** An entry as it is read. Who, what and reason are null where they were erased. `at`: milliseconds since the epoch. */
export type ListedEntry = z.infer<typeof row>;

/** What is searched for; every part narrows. */
export interface AuditSearch {
  /** Exactly. */
  readonly who?: string | undefined;
  /** Exactly, or with a `*` at its end all that begins so. */
  readonly what?: string | undefined;
  /** Milliseconds since the epoch, `since` inclusive, `until` exclusive. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  /** Only entries before this one. */
  readonly before?: number | undefined;
}

/** A request walks past no more; each entry has a row beside it. */
const MAX_WALKED = 5000;
/** After every time that a clock tells. */
const ENDLESS = Number.MAX_SAFE_INTEGER;

/** Times only grow along the chain, so that they are looked up and not walked for. */
const IN_TIME = `seq >= coalesce((SELECT seq FROM audit WHERE at >= ?2 ORDER BY at, seq LIMIT 1), ${ENDLESS})
  AND seq <= coalesce((SELECT seq FROM audit WHERE at < ?3 ORDER BY at DESC, seq DESC LIMIT 1), 0)`;

/** Entries, the newest first. `next`: the search goes on before this entry; undefined when it is at its end. */
export interface AuditPage {
  readonly entries: readonly ListedEntry[];
  readonly next: number | undefined;
}

/** Finds entries, the newest first; a page is short when too many were passed. Rejects when the log cannot be read. */
export async function searchAudit(log: D1Database, search: AuditSearch, limit: number): Promise<AuditPage> {
  const { who = null, what = null, since = 0, until = ENDLESS, before = ENDLESS } = search;
  const walked = `SELECT * FROM audit WHERE seq < ?1 AND ${IN_TIME} ORDER BY seq DESC`;
  const { results } = await log
    .prepare(
      `SELECT walked.seq, at, role, action, before, after, hash, person.who, person.what, person.reason
       FROM (${walked} LIMIT ${MAX_WALKED}) AS walked LEFT JOIN audit_person AS person ON person.seq = walked.seq
       WHERE (?4 IS NULL OR person.who = ?4) AND (?5 IS NULL OR person.what = ?5
         OR (?5 LIKE '%*' AND substr(person.what, 1, length(?5) - 1) = substr(?5, 1, length(?5) - 1)))
       ORDER BY walked.seq DESC LIMIT ?6`,
    )
    .bind(before, since, until, who, what, limit + 1)
    .all();
  const found = z.array(row).parse(results);
  const entries = found.slice(0, limit);
  if (found.length > limit) return { entries, next: entries.at(-1)?.seq };
  const end = await log
    .prepare(`SELECT seq FROM (${walked} LIMIT 1 OFFSET ${MAX_WALKED - 1})`)
    .bind(before, since, until)
    .first<number>("seq");
  return { entries, next: end ?? undefined };
}
