import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";
import { type Flow, flowCounters } from "./flow.ts";
import { counters } from "./tally.ts";

/** Rows of each table that are read: so many sources times the two hours that are open, and as many late ones. */
const MAX_ROWS = 5000;

const numbers = z.string().transform((text) => z.record(z.string(), z.number()).catch({}).parse(readJson(text)));
const openRow = z.looseObject({
  hour: z.string(),
  source: z.string(),
  last: z.number(),
  flow: numbers,
  refused: numbers,
});
const sumRow = z.looseObject({ source: z.string(), last: z.number() });
const flowRow = z.looseObject({ destination: z.string() });
const counts = z.record(z.enum(counters), z.number());
const flow = z.record(z.enum(flowCounters), z.number());
const refusedRow = z.object({ source: z.string(), reason: z.string(), times: z.number() });

/** What was counted for a source. `last`: when the last webhook or login came, milliseconds; 0: none did. */
export type SourceCounts = Readonly<z.infer<typeof counts>> & { readonly last: number };

/** Refused requests of a source for one reason. */
export interface RefusedCount {
  readonly source: string;
  readonly reason: string;
  readonly times: number;
}

/** What was counted by source, by destination, and of refused requests. */
export interface Counted {
  readonly sources: ReadonlyMap<string, SourceCounts>;
  readonly destinations: ReadonlyMap<string, Flow>;
  readonly refused: readonly RefusedCount[];
}

/** Everything that was ever counted, and the part of it since the hour before this one began. */
export interface Totals {
  readonly ever: Counted;
  readonly lately: Counted;
}

/**
 * Reads all counters; none of them ever falls. `lately` is what came in this hour and the one before it.
 * Rejects when the log cannot be read.
 * @param since the first hour that counts as lately, `YYYY-MM-DDTHH`
 */
export async function readTotals(log: D1Database, since: string): Promise<Totals> {
  const [open, sums, flows, refusals] = await log.batch([
    log.prepare(`SELECT * FROM tally ORDER BY hour DESC, source LIMIT ${MAX_ROWS}`),
    log.prepare(`SELECT * FROM tally_sum WHERE unit = 'total' AND span = '' LIMIT ${MAX_ROWS}`),
    log.prepare(`SELECT * FROM flow_sum WHERE unit = 'total' AND span = '' LIMIT ${MAX_ROWS}`),
    log.prepare(`SELECT source, reason, times FROM refused_total LIMIT ${MAX_ROWS}`),
  ]);
  const rows = z.array(openRow).parse(open?.results);
  const lately = countOpen(rows.filter(({ hour }) => hour >= since));
  const past = z.array(sumRow).parse(sums?.results);
  const pastFlows = z.array(flowRow).parse(flows?.results);
  const all = countOpen(rows);
  return {
    lately,
    ever: {
      sources: addSources([...past, ...[...all.sources].map(([source, counts]) => ({ source, ...counts }))]),
      destinations: addFlows([
        ...pastFlows,
        ...[...all.destinations].map(([destination, flow]) => ({ destination, ...flow })),
      ]),
      refused: addRefused([...z.array(refusedRow).parse(refusals?.results), ...all.refused]),
    },
  };
}

function countOpen(rows: readonly z.infer<typeof openRow>[]): Counted {
  const parts = rows.flatMap(({ flow }) =>
    Object.entries(flow).map(([name, number]) => {
      const [destination = "", counter = ""] = name.split(" ");
      return { destination, [counter]: number };
    }),
  );
  const refused = rows.flatMap(({ source, refused }) =>
    Object.entries(refused).map(([reason, times]) => ({ source, reason, times })),
  );
  return { sources: addSources(rows), destinations: addFlows(parts), refused: addRefused(refused) };
}

function addSources(rows: readonly z.infer<typeof sumRow>[]): Map<string, SourceCounts> {
  const bySource = Map.groupBy(rows, ({ source }) => source);
  return new Map(
    [...bySource].map(([source, some]) => [
      source,
      { ...counts.parse(sumOf(counters, some)), last: Math.max(...some.map(({ last }) => last)) },
    ]),
  );
}

function addFlows(rows: readonly z.infer<typeof flowRow>[]): Map<string, Flow> {
  const byDestination = Map.groupBy(rows, ({ destination }) => destination);
  return new Map([...byDestination].map(([destination, some]) => [destination, flow.parse(sumOf(flowCounters, some))]));
}

function addRefused(rows: readonly RefusedCount[]): RefusedCount[] {
  const alike = Map.groupBy(rows, ({ source, reason }) => JSON.stringify([source, reason]));
  return [...alike.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : { ...first, times: rest.reduce((sum, { times }) => sum + times, first.times) },
  );
}

/** The sum of rows, name by name; what is no number counts as none. */
function sumOf(names: readonly string[], rows: readonly Readonly<Record<string, unknown>>[]) {
  const numberIn = (value: unknown) => (typeof value === "number" ? value : 0);
  return Object.fromEntries(names.map((name) => [name, rows.reduce((sum, row) => sum + numberIn(row[name]), 0)]));
}
