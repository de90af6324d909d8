import * as z from "zod";
import { receipt } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { readJson } from "../../platform/read-json.ts";
import { deliveryState } from "./state.ts";

const firstTry = z.looseObject({ state: deliveryState, attempt: z.number(), at: z.number() });
const firstRow = z.object({
  receipt,
  results: z.string().transform((text) => z.record(z.string(), firstTry).catch({}).parse(readJson(text))),
});
const runRow = z.object({ receipt, destination: z.string(), state: deliveryState, at: z.number().nullable() });

/** The latest delivery of an event to a destination; `at`: when it was tried last, milliseconds, null before the first try. */
export interface LastTry {
  readonly destination: string;
  readonly state: z.infer<typeof deliveryState>;
  readonly at: number | null;
}

/** How the deliveries of some events stand, and when they were tried last. Rejects when the log cannot be read. */
export async function readLastTries(
  log: D1Database,
  receipts: readonly string[],
): Promise<ReadonlyMap<string, readonly LastTry[]>> {
  const asked = JSON.stringify(receipts);
  const [events, runs] = await log.batch([
    log.prepare("SELECT receipt, results FROM event WHERE receipt IN (SELECT value FROM json_each(?1))").bind(asked),
    log
      .prepare(
        `SELECT receipt, destination, state, iif(json_valid(attempts), attempts, '[]') ->> '$[#-1].at' AS at FROM delivery
         WHERE receipt IN (SELECT value FROM json_each(?1)) ORDER BY receipt, destination, run`,
      )
      .bind(asked),
  ]);
  const found = new Map<string, Map<string, LastTry>>();
  for (const { receipt, results } of sortRows(firstRow, events?.results ?? []).read) {
    const tries = Object.entries(results).map(([destination, { state, attempt, at }]): [string, LastTry] => {
      return [destination, { destination, state, at: attempt === 0 ? null : at }];
    });
    found.set(receipt, new Map(tries));
  }
  for (const { receipt, ...last } of sortRows(runRow, runs?.results ?? []).read) {
    found.set(receipt, (found.get(receipt) ?? new Map()).set(last.destination, last));
  }
  return new Map([...found].map(([receipt, tries]) => [receipt, [...tries.values()]]));
}
