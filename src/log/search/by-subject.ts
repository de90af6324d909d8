import * as z from "zod";
import { type IdKeys, subjectPrefixes } from "../../events/identity.ts";
import type { Search } from "./conditions.ts";

/** A subject with more events than this is searched for like any other condition. */
const MAX_EVENTS = 4000;
/** More sources are not looked for. */
const MAX_SOURCES = 500;
/** Hours in which a source may be counted that no sum has yet, and rows of theirs that are read; cron moves them after two. */
const MAX_HOURS = 48;
const MAX_OPEN_ROWS = 4000;

const sourceRow = z.object({ source: z.string() });
const claimRow = z.object({ receipt: z.string() });

/** The receipts among which all events of the subjects are; undefined when they are too many, or none is asked for. */
export async function receiptsOfSubjects(
  log: D1Database,
  search: Search,
  keys: IdKeys,
): Promise<readonly string[] | undefined> {
  const { subject, about } = search;
  const subjects = subject === undefined ? about : [subject];
  if (subjects === undefined) return undefined;
  const sources = search.source === undefined ? await readSources(log) : [search.source];
  const pairs = sources.flatMap((source) => subjects.map((subject) => subjectPrefixes(source, subject, keys)));
  const { results } = await log
    .prepare(
      `SELECT receipt FROM json_each(?1 -> 'prefixes') AS prefix
       JOIN claim ON claim.id >= prefix.value AND claim.id < prefix.value || '~'
       UNION ALL SELECT receipt FROM mention WHERE subject IN (SELECT value FROM json_each(?1 -> 'subjects'))
       LIMIT ?2`,
    )
    .bind(JSON.stringify({ prefixes: (await Promise.all(pairs)).flat(), subjects }), MAX_EVENTS + 1)
    .all();
  return results.length > MAX_EVENTS
    ? undefined
    : z
        .array(claimRow)
        .parse(results)
        .map(({ receipt }) => receipt);
}

async function readSources(log: D1Database): Promise<string[]> {
  const { results } = await log
    .prepare(
      `WITH RECURSIVE open (hour) AS (
         SELECT max(hour) FROM tally
         UNION ALL
         SELECT (SELECT max(tally.hour) FROM tally WHERE tally.hour < open.hour) FROM open WHERE hour IS NOT NULL
         LIMIT ${MAX_HOURS})
       SELECT source FROM (SELECT source FROM open CROSS JOIN tally USING (hour) LIMIT ${MAX_OPEN_ROWS})
       UNION SELECT source FROM tally_sum WHERE unit = 'total' AND span = '' LIMIT ?1`,
    )
    .bind(MAX_SOURCES)
    .all();
  return z
    .array(sourceRow)
    .parse(results)
    .map(({ source }) => source);
}
