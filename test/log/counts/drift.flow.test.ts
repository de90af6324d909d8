import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { addDrift, type Drift, readDrift } from "../../../src/log/counts/drift.ts";

const TUESDAY = Date.parse("2026-11-17T08:00:00Z");
const MINUTE = 60_000;

function found(path: string, more: Partial<Drift> = {}): Drift {
  const sample = `sample of ${path}`;
  return { source: "acme", path, what: "unknown_field", first: TUESDAY, last: TUESDAY, times: 1, sample, ...more };
}

describe("drift in the log", () => {
  test("is counted per source, path and what", async () => {
    await addDrift(env.LOG, [found("callQuality", { times: 3, last: TUESDAY + MINUTE })]);
    await addDrift(env.LOG, [
      found("callQuality", { times: 4, first: TUESDAY + 2 * MINUTE, last: TUESDAY + 3 * MINUTE, sample: "later" }),
      found("callQuality", { what: "unreadable_field", first: TUESDAY + MINUTE }),
      found("callQuality", { source: "other", first: TUESDAY + 2 * MINUTE }),
    ]);
    expect(await readDrift(env.LOG, undefined, 10)).toMatchObject([
      { source: "other", times: 1 },
      { source: "acme", what: "unreadable_field", times: 1 },
      { source: "acme", what: "unknown_field", times: 7, first: TUESDAY, last: TUESDAY + 3 * MINUTE },
    ]);
  });

  test("keeps its first time and its last sample, also when an older count comes late", async () => {
    await addDrift(env.LOG, [found("a", { sample: "one" })]);
    await addDrift(env.LOG, [found("a", { sample: "older", first: TUESDAY - MINUTE, last: TUESDAY - MINUTE })]);
    const [one] = await readDrift(env.LOG, "acme", 10);
    expect(one).toEqual({ ...found("a"), sample: "one", times: 2, first: TUESDAY - MINUTE, last: TUESDAY });
    await addDrift(env.LOG, [found("a", { sample: "newer", first: TUESDAY + MINUTE, last: TUESDAY + MINUTE })]);
    expect(await readDrift(env.LOG, "acme", 10)).toMatchObject([{ sample: "newer", times: 3, last: TUESDAY + MINUTE }]);
  });

  test("tells what is new to it", async () => {
    expect(await addDrift(env.LOG, [found("a", { times: 5 }), found("b")])).toMatchObject([
      { path: "a", times: 5 },
      { path: "b", times: 1 },
    ]);
    expect(await addDrift(env.LOG, [found("a", { times: 5 }), found("c")])).toMatchObject([{ path: "c" }]);
  });

  test("is listed newest first, of one source if asked, and cut", async () => {
    await addDrift(
      env.LOG,
      [3, 1, 2].map((minute) => found(`m${minute}`, { first: TUESDAY + minute * MINUTE })),
    );
    await addDrift(env.LOG, [found("m4", { source: "other", first: TUESDAY + 4 * MINUTE })]);
    const paths = async (source: string | undefined, limit: number) =>
      (await readDrift(env.LOG, source, limit)).map(({ path }) => path);
    expect(await paths(undefined, 10)).toEqual(["m4", "m3", "m2", "m1"]);
    expect(await paths("acme", 2)).toEqual(["m3", "m2"]);
    expect(await paths("nobody", 2)).toEqual([]);
  });

  test("gets no new rows of a source that has 500, but those there are go on being counted", async () => {
    const many = (prefix: string) => Array.from({ length: 250 }, (_, n) => found(`${prefix}${n}`));
    await addDrift(env.LOG, many("a"));
    await addDrift(env.LOG, many("b"));
    expect(await addDrift(env.LOG, [found("a7"), found("c"), found("c", { source: "other" })])).toMatchObject([
      { source: "other", path: "c" },
    ]);
    const rows = await readDrift(env.LOG, "acme", 1000);
    expect(rows).toHaveLength(500);
    expect(rows.find(({ path }) => path === "a7")?.times).toBe(2);
  });
});
