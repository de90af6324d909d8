import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { addRejections, type Rejection } from "../../../src/log/counts/rejections.ts";

const alike: Rejection = {
  day: "2026-11-20",
  source: "vcc",
  reason: "malformed",
  detail: "{}",
  times: 1,
  kept: 0,
  last: 1000,
};
const numbered = (from: number, to: number, make: (n: number) => Partial<Rejection>) =>
  Array.from({ length: to - from }, (_, position) => ({ ...alike, ...make(from + position) }));
const kinds = (from: number, to: number) =>
  numbered(from, to, (n) => ({ detail: JSON.stringify({ skeleton: `${n}` }) }));
const strangers = (from: number, to: number) =>
  numbered(from, to, (n) => ({ source: `made-up-${n}`, reason: "unknown_source", detail: '{"places":[]}' }));

async function all(): Promise<Record<string, unknown>[]> {
  return (await env.LOG.prepare("SELECT * FROM rejection ORDER BY source, reason, detail").all()).results;
}

it("keeps length and digest of the last one, whichever is written last", async () => {
  await addRejections(env.LOG, [{ ...alike, bytes: 1, sha256: "01" }]);
  await addRejections(env.LOG, [{ ...alike, last: 3000, bytes: 3, sha256: "03" }]);
  await addRejections(env.LOG, [{ ...alike, last: 2000, bytes: 2, sha256: "02" }]);
  expect(await all()).toEqual([{ ...alike, times: 3, last: 3000, bytes: 3, sha256: "03" }]);
});

it("keeps 200 kinds of a day and source, counts the rest in one row, and goes on counting those it has", async () => {
  await addRejections(env.LOG, kinds(0, 150));
  await addRejections(env.LOG, kinds(140, 230));
  await addRejections(env.LOG, [...kinds(229, 240), { ...alike, source: "hcc" }, { ...alike, day: "2026-11-21" }]);
  const rows = await all();
  expect(rows).toHaveLength(203);
  expect(rows.filter(({ reason }) => reason === "*")).toMatchObject([{ source: "vcc", times: 41, detail: "{}" }]);
  expect(rows.filter(({ times }) => times === 2)).toHaveLength(10);
});

it("keeps 200 made-up source ids of a day, whatever the real sources have", async () => {
  await addRejections(env.LOG, [...kinds(0, 200), ...strangers(0, 150)]);
  await addRejections(env.LOG, strangers(150, 260));
  const unknown = (await all()).filter(({ reason }) => reason === "unknown_source");
  expect(unknown).toHaveLength(201);
  expect(unknown.filter(({ source }) => source === "*")).toMatchObject([{ times: 60 }]);
});
