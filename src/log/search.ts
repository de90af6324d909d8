import * as z from "zod";
import { readJson } from "./read-json.ts";
import { firstResults, runRow, type Standing, standingsOf } from "./run-states.ts";
import { conditionsOf, type Search } from "./search-conditions.ts";
import { receiptsOfSubjects } from "./search-subject.ts";
import { EVENT_COLUMNS, LISTED, type Walk, walkBack } from "./search-walk.ts";

const row = z.object({
  receipt: z.string(),
  id: z.string(),
  source: z.string(),
  type: z.string(),
  subject: z.string().nullable(),
  time: z.string(),
  key: z.string(),
  due: z.number(),
  results: z.string().transform((text) => firstResults.catch({}).parse(readJson(text))),
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

const RUNS = `(SELECT json_group_array(json_object('destination', destination, 'run', run, 'state', state))
  FROM delivery WHERE delivery.receipt = event.receipt) AS runs`;

/**
 * Finds events, newest first. Subjects are looked up; anything else is walked for, and a page is short when too many
 * rows were passed. Rejects when the log cannot be read.
 * @param among receipts that alone are looked at
 */
export async function searchEvents(
  log: D1Database,
  search: Search,
  limit: number,
  among?: readonly string[],
): Promise<EventPage> {
  const receipts = among ?? (await receiptsOfSubjects(log, search));
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

async function readEnd(log: D1Database, { end }: Walk, asked: string): Promise<string | undefined> {
  const found = end === undefined ? null : await log.prepare(end).bind(asked).first();
  return found === null ? undefined : endRow.parse(found).receipt;
}
