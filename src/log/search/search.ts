import * as z from "zod";
import { namedAgent } from "../../events/agent-of.ts";
import { toAttribute } from "../../events/attribute.ts";
import type { IdKeys } from "../../events/identity.ts";
import { receipt } from "../../events/receipt.ts";
import { readJson } from "../../platform/read-json.ts";
import { firstResults, runRow, type Standing, standingsOf } from "../deliveries/state.ts";
import { receiptsOfSubjects } from "./by-subject.ts";
import { conditionsOf, type Search } from "./conditions.ts";
import { EVENT_COLUMNS, LISTED, type Walk, walkBack } from "./walk.ts";

const row = z.object({
  receipt,
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().nullable(),
  agent: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : namedAgent.safeParse(readJson(text)).data)),
  time: z.string(),
  key: z.string(),
  due: z.number(),
  results: z.string().transform((text) => firstResults.catch({}).parse(readJson(text))),
  repeated: z.number(),
  runs: z.string().transform((text) => z.array(runRow).catch([]).parse(readJson(text))),
});
const endRow = z.object({ receipt: z.string() });

/** An event as a list shows it, with where its deliveries stand. */
export interface FoundEvent extends Omit<z.infer<typeof row>, "results" | "runs"> {
  readonly standings: readonly Standing[];
}

/** A page of events, newest first. `next`: the search goes on before this receipt; undefined when it is at its end. */
export interface EventPage {
  readonly events: readonly FoundEvent[];
  readonly next: string | undefined;
}

const RUNS = `(SELECT json_group_array(json_object('destination', destination, 'run', run, 'state', state, 'reason', reason))
  FROM delivery WHERE delivery.receipt = event.receipt) AS runs,
  (SELECT count(*) FROM duplicate WHERE duplicate.first = event.receipt) AS repeated`;

/**
 * Finds events, newest first. Subjects are looked up; anything else is walked for, and a page is short when too many
 * rows were passed. Rejects when the log cannot be read.
 * @param where among which receipts, else the keys of the ids that subjects are looked up by
 */
export async function searchEvents(
  log: D1Database,
  wanted: Search,
  limit: number,
  where: { readonly keys: IdKeys } | { readonly among: readonly string[] },
): Promise<EventPage> {
  const search = await inAttributes(wanted);
  const looked = "among" in where ? where.among : await receiptsOfSubjects(log, search, where.keys);
  const receipts = looked === undefined ? undefined : [...looked, ...(search.also ?? [])];
  const walk = receipts === undefined ? walkBack(search.state) : LISTED;
  const asked = JSON.stringify({ ...search, receipts });
  const { results } = await log
    .prepare(
      `SELECT ${EVENT_COLUMNS}, ${RUNS} FROM ${walk.from}
       WHERE ${conditionsOf(search)} ORDER BY receipt DESC LIMIT ?2`,
    )
    .bind(asked, limit + 1)
    .all();
  const events = z
    .array(row)
    .parse(results)
    .map(({ results: first, runs, ...event }) => ({ ...event, standings: standingsOf(first, runs) }));
  const page = events.slice(0, limit);
  const next = events.length > limit ? page.at(-1)?.receipt : await readEnd(log, walk, asked);
  return { events: page, next };
}

/** Subjects as they stand in events: a long one is cut. */
async function inAttributes({ subject, about, ...search }: Search): Promise<Search> {
  const written = subject === undefined ? undefined : await toAttribute(subject);
  return { ...search, subject: written, about: about && (await Promise.all(about.map(toAttribute))) };
}

async function readEnd(log: D1Database, { end }: Walk, asked: string): Promise<string | undefined> {
  const found = end === undefined ? null : await log.prepare(end).bind(asked).first();
  return found === null ? undefined : endRow.parse(found).receipt;
}
