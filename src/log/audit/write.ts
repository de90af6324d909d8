import * as z from "zod";
import { type Deed, type Entry, entryAfter, type Head, NO_ENTRY } from "./entry.ts";
import { NotAudited } from "./not-audited.ts";

/** Of writers at the same moment one comes first, and all others try again: so many may come together, and more. */
const MAX_TRIES = 60;
const MAX_PAUSE_MS = 100;
/** What D1 says when another writer took the number of an entry. */
const TAKEN = /UNIQUE constraint failed: audit\.seq/;

/** Where somebody has changed it, whatever form that has: the next entry does not fit it, which whoever verifies finds. */
const headRow = z.object({ seq: z.number(), at: z.number().catch(0), hash: z.string().catch("") });

/** The newest entry of the audit. Rejects when the log cannot be read. */
export async function readHead(log: D1Database): Promise<Head> {
  const found = await log.prepare("SELECT seq, at, hash FROM audit ORDER BY seq DESC LIMIT 1").first();
  return found === null ? NO_ENTRY : headRow.parse(found);
}

/**
 * Makes a change together with the entry that tells of it, in one transaction: both or neither. The entry's number and
 * the hash before it are those of the newest entry that was read; where another writer came between, nothing is done,
 * and all is tried anew. Rejects with NotAudited when the log cannot be written, or is written by too many at once.
 * @param change statements that bear to be tried again; of none at all, such as of something that is only read, the entry
 *   stands alone
 * @param now milliseconds since the epoch
 * @param when `changed`: where the last statement changes no row, there is nothing to tell, and no entry either
 * @returns what came of the statements of the change
 */
export async function writeAudited(
  log: D1Database,
  change: readonly D1PreparedStatement[],
  deed: Deed,
  now: number,
  when: "changed" | "always" = "changed",
): Promise<D1Result[]> {
  for (let tries = 1; ; tries++) {
    try {
      const entry = await entryAfter(await readHead(log), deed, now);
      const results = await log.batch([...change, ...insertEntry(log, entry, change.length === 0 ? "always" : when)]);
      return results.slice(0, change.length);
    } catch (error) {
      if (tries === MAX_TRIES || !(error instanceof Error && TAKEN.test(error.message))) throw new NotAudited(error);
    }
    await scheduler.wait(Math.random() * MAX_PAUSE_MS);
  }
}

/** The statements of one entry, which come right after those of the change. */
function insertEntry(
  log: D1Database,
  { link, hash, salt, personal }: Entry,
  when: "changed" | "always",
): [D1PreparedStatement, D1PreparedStatement] {
  const { seq, at, role, action, before, after, who, what, reason } = link;
  return [
    log
      .prepare(
        `INSERT INTO audit (seq, at, role, action, before, after, who, what, reason, hash)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 ${when === "changed" ? "WHERE changes() > 0" : ""}`,
      )
      .bind(seq, at, role, action, before, after, who, what, reason, hash),
    log
      .prepare(
        `INSERT INTO audit_person (seq, salt, who, what, reason)
         SELECT seq, ?3, ?4, ?5, ?6 FROM audit WHERE seq = ?1 AND hash = ?2`,
      )
      .bind(seq, hash, salt, personal.who, personal.what, personal.reason),
  ];
}
