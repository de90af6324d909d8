import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { foldTally } from "../../../src/log/ledger/fold.ts";
import { readKeyUses } from "../../../src/log/ledger/key-use.ts";
import { addToTally } from "../../../src/log/ledger/tally.ts";

const HOUR = 3_600_000;
const NINE = Date.parse("2026-11-20T09:00:00Z");

const use = (key: string, last: number) => {
  const hour = new Date(last).toISOString().slice(0, 13);
  return addToTally(env.LOG, [{ hour, source: "acme", events: 1, key, last }]).run();
};

it("the last use of a key is the latest, in whatever order it is told, and however often it is summed up", async () => {
  await use("env:A", NINE + 5);
  await use("env:A", NINE + 2);
  await use("env:B", NINE + 3);
  const told = [
    { source: "acme", key: "env:A", last: NINE + 5 },
    { source: "acme", key: "env:B", last: NINE + 3 },
  ];
  expect(await readKeyUses(env.LOG)).toEqual(told);
  await foldTally(env.LOG, NINE + 3 * HOUR);
  expect(await readKeyUses(env.LOG)).toEqual(told);
  await use("env:A", NINE + 1);
  await foldTally(env.LOG, NINE + 3 * HOUR);
  expect(await readKeyUses(env.LOG)).toEqual(told);
  await use("env:B", NINE + 4 * HOUR);
  expect((await readKeyUses(env.LOG))[0]).toEqual({ source: "acme", key: "env:B", last: NINE + 4 * HOUR });
});

it("what no key proved is no use of one", async () => {
  await addToTally(env.LOG, [{ hour: "2026-11-20T09", source: "acme", failed: 1, last: NINE }]).run();
  expect(await readKeyUses(env.LOG)).toEqual([]);
});
