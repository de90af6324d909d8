import * as z from "zod";
import { digestPersonal, type Head, hashLink, type Link, NO_ENTRY } from "./entry.ts";
import { readHead } from "./write.ts";

/** Entries that one request looks at: each is hashed up to four times. */
export const MAX_VERIFIED = 500;

const linkRow = z.object({
  seq: z.number(),
  at: z.number(),
  role: z.string(),
  action: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  who: z.string(),
  what: z.string(),
  reason: z.string().nullable(),
  hash: z.string(),
});
const anchorRow = linkRow.pick({ seq: true, hash: true });
const numbered = z.object({ seq: z.number() });
const personRow = z.object({
  seq: z.number(),
  salt: z.string(),
  who: z.string(),
  what: z.string(),
  reason: z.string().nullable(),
});

/** Why the chain is broken at an entry: it is not there, it says what was not written, or its personal part does. */
export type Breach = "missing" | "changed" | "personal_part_changed";

/** What came of looking at a part of the chain. */
export interface Verified {
  readonly head: Head;
  readonly broken?: { readonly seq: number; readonly why: Breach } | undefined;
  /** The number of the entry that has the hash asked for, if it is in this part. */
  readonly found?: number | undefined;
  /** It goes on after this entry; undefined when all was looked at, or something is broken. */
  readonly next: number | undefined;
}

/**
 * Looks whether the chain is whole, from the entry after `after` on, a bounded part at a time: what is before is
 * taken as it stands. Rejects when the log cannot be read.
 * @param wanted a hash that some entry has to have
 */
export async function verifyAudit(log: D1Database, after: number, wanted: string | undefined): Promise<Verified> {
  const head = await readHead(log);
  const [links, people] = await log.batch([
    log
      .prepare(
        `SELECT seq, at, role, action, before, after, who, what, reason, hash
         FROM audit WHERE seq >= ?1 ORDER BY seq LIMIT ${MAX_VERIFIED + 1}`,
      )
      .bind(after),
    log
      .prepare(
        `SELECT seq, salt, who, what, reason FROM audit_person WHERE seq >= ?1 ORDER BY seq LIMIT ${MAX_VERIFIED + 1}`,
      )
      .bind(after),
  ]);
  // What was changed may be of any form: each row is judged by itself.
  const rows: readonly unknown[] = links?.results ?? [];
  const personal = new Map((people?.results ?? []).map((one) => [numbered.safeParse(one).data?.seq, one]));
  const isBegin = after === 0;
  let previous = isBegin ? NO_ENTRY : anchorRow.safeParse(rows[0]).data;
  if (previous === undefined || previous.seq !== after)
    return { head, broken: { seq: after, why: "missing" }, next: undefined };
  let found = wanted !== undefined && previous.hash === wanted ? previous.seq : undefined;
  for (const one of isBegin ? rows.slice(0, MAX_VERIFIED) : rows.slice(1)) {
    const row = linkRow.safeParse(one).data;
    if (row === undefined) return { head, broken: { seq: previous.seq + 1, why: "changed" }, found, next: undefined };
    const broken = await findBreach(row, previous, personal.get(row.seq));
    if (broken !== undefined) return { head, broken, found, next: undefined };
    if (row.hash === wanted) found = row.seq;
    previous = row;
  }
  return { head, found, next: previous.seq < head.seq ? previous.seq : undefined };
}

async function findBreach(
  { hash, ...link }: Link & { hash: string },
  previous: Pick<Head, "seq" | "hash">,
  kept: unknown,
): Promise<Verified["broken"]> {
  if (link.seq !== previous.seq + 1) return { seq: previous.seq + 1, why: "missing" };
  if (hash !== (await hashLink(link, previous.hash))) return { seq: link.seq, why: "changed" };
  if (kept === undefined) return undefined;
  const personal = personRow.safeParse(kept).data;
  if (personal === undefined) return { seq: link.seq, why: "personal_part_changed" };
  const { who, what, reason } = await digestPersonal(personal, personal.salt);
  const isSame = who === link.who && what === link.what && reason === link.reason;
  return isSame ? undefined : { seq: link.seq, why: "personal_part_changed" };
}
