import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { hashText } from "../../src/config/document.ts";
import type { Source } from "../../src/config/load.ts";
import { answerLogin } from "../../src/login/answer.ts";
import { forgetPermissions } from "../../src/login/permissions.ts";
import { nora } from "./decision.ts";
import { loadSource, openStores, type Stores } from "./stores.ts";

const SECOND = 1000;
const start = Date.parse("2026-11-20T09:00:00Z");
const map = JSON.stringify({ default: { allow: [7] }, users: { "41": { allow: [11] } } });
const otherMap = JSON.stringify({ default: { allow: [12] } });
const question = { ...nora, projects: ["7", "11", "12"] };

const byMap = { "7": true, "11": true, "12": false };
const byOtherMap = { "7": false, "11": false, "12": true };
const none = { "7": false, "11": false, "12": false };
const all = { "7": true, "11": true, "12": true };

let stores: Stores;
let source: Source;
let log: string[];

beforeEach(async () => {
  forgetPermissions();
  stores = openStores();
  source = await loadSource();
  log = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void log.push(`${level} ${line}`));
  }
});

afterEach(() => stores.close());

const ask = (seconds = 0, about = question) =>
  answerLogin(stores.env, source, about, stores.behind, start + seconds * SECOND);

/** Answers once, so that this isolate has a copy and the log has kept it. */
async function warmUp(): Promise<void> {
  await env.PERMISSIONS.put("acme", map);
  await ask();
  await stores.settle();
  stores.reads = 0;
  stores.statements = 0;
}

async function timed<T>(work: Promise<T>): Promise<{ value: T; ms: number }> {
  const began = performance.now();
  return { value: await work, ms: performance.now() - began };
}

describe("the answer", () => {
  test("says for every project whether it is granted, by which rule, and from which map", async () => {
    await env.PERMISSIONS.put("acme", map);
    expect(await ask()).toEqual({
      granted: false,
      projects: byMap,
      rules: { "7": "default allow", "11": "users.41 allow", "12": "none" },
      mapVersion: await hashText(map),
      mapAgeSeconds: 0,
    });
  });

  test("grants the login when every project is granted", async () => {
    await env.PERMISSIONS.put("acme", map);
    expect((await ask(0, { ...question, projects: ["7", "11"] })).granted).toBe(true);
  });

  test("takes each source's own map, and its timezone", async () => {
    await env.PERMISSIONS.put("acme", JSON.stringify({ default: { allow: [7], from: "2026-11-20T10:00" } }));
    await env.PERMISSIONS.put("other", JSON.stringify({ default: { allow: "*" } }));
    expect((await ask(0)).projects["7"]).toBe(true);
    source = await loadSource({ timezone: "America/Chicago" });
    expect((await ask(1)).projects["7"]).toBe(false);
    source = await loadSource({ timezone: undefined });
    expect((await ask(2)).projects["7"]).toBe(false);
    expect((await ask(3600)).projects["7"]).toBe(true);
  });

  test("is false for every project when there is no map, whatever onStoreError says", async () => {
    source = await loadSource({ onStoreError: "allow" });
    expect(await ask()).toEqual({
      granted: false,
      projects: none,
      rules: { "7": "no_map", "11": "no_map", "12": "no_map" },
    });
  });

  test("is false for every project once the map was deleted", async () => {
    await warmUp();
    await env.PERMISSIONS.delete("acme");
    expect((await ask(31)).projects).toEqual(none);
  });

  test("costs no look-up and little time for a hundred thousand agents", async () => {
    const users = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [String(n), { allow: [7, n] }]));
    await env.PERMISSIONS.put("acme", JSON.stringify({ users }));
    await ask();
    stores.reads = 0;
    const began = performance.now();
    for (let n = 0; n < 1000; n++) await ask(1, { ...question, userId: String(n * 97) });
    expect(stores.reads).toBe(0);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("the age of a copy", () => {
  test("under 10 seconds it is served without asking KV", async () => {
    await warmUp();
    expect(await ask(9.999)).toMatchObject({ projects: byMap, mapAgeSeconds: 9 });
    expect(stores.reads).toBe(0);
  });

  test("from 10 seconds it is served and read anew behind, once", async () => {
    await warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    const answers = await Promise.all(Array.from({ length: 100 }, () => ask(10)));
    expect(answers.map(({ projects }) => projects)).toEqual(Array(100).fill(byMap));
    expect(stores.reads).toBe(1);
    await stores.settle();
    expect(await ask(11)).toMatchObject({ projects: byOtherMap, mapAgeSeconds: 1 });
    expect(stores.reads).toBe(1);
  });

  test("under 30 seconds it is served while KV fails or hangs", async () => {
    await warmUp();
    stores.kv = "fails";
    expect((await ask(29)).projects).toEqual(byMap);
    stores.kv = "hangs";
    const { value, ms } = await timed(ask(29.999));
    expect(value.projects).toEqual(byMap);
    expect(ms).toBeLessThan(300);
  });

  test("from 30 seconds KV is waited for, so an edit is in force", async () => {
    await warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    expect(await ask(30)).toMatchObject({
      projects: byOtherMap,
      mapAgeSeconds: 0,
      mapVersion: await hashText(otherMap),
    });
    expect(stores.reads).toBe(1);
  });

  test("does not matter when KV does not answer within 600 ms", async () => {
    await warmUp();
    stores.kv = "hangs";
    const { value, ms } = await timed(ask(3600));
    expect(value).toMatchObject({ projects: byMap, mapAgeSeconds: 3600 });
    expect(ms).toBeGreaterThan(550);
    expect(ms).toBeLessThan(900);
  });

  test("does not matter when KV fails", async () => {
    await warmUp();
    stores.kv = "fails";
    expect(await ask(3600)).toMatchObject({ projects: byMap, mapAgeSeconds: 3600 });
    stores.kv = "answers";
    expect(await ask(3601)).toMatchObject({ projects: byMap, mapAgeSeconds: 0 });
  });
});

describe("a new isolate", () => {
  test("takes the last good map of the log when KV hangs", async () => {
    await warmUp();
    forgetPermissions();
    stores.kv = "hangs";
    const { value, ms } = await timed(ask(60));
    expect(value).toMatchObject({ projects: byMap, mapVersion: await hashText(map), mapAgeSeconds: 60 });
    expect(ms).toBeLessThan(1200);
  });

  test("reads the log once, and serves that copy while KV stays silent", async () => {
    await warmUp();
    forgetPermissions();
    stores.kv = "fails";
    await Promise.all(Array.from({ length: 500 }, () => ask(60)));
    expect(stores.statements).toBe(1);
    stores.log = "fails";
    expect((await ask(61)).projects).toEqual(byMap);
    stores.kv = "answers";
    expect(await ask(62)).toMatchObject({ projects: byMap, mapAgeSeconds: 0 });
  });

  test.each([
    ["deny", none],
    ["allow", all],
  ] as const)("answers by onStoreError: %s when neither can be read", async (onStoreError, projects) => {
    await warmUp();
    forgetPermissions();
    source = await loadSource({ onStoreError });
    stores.kv = "fails";
    stores.log = "fails";
    expect(await ask(60)).toEqual({
      granted: onStoreError === "allow",
      projects,
      rules: { "7": "store_unreadable", "11": "store_unreadable", "12": "store_unreadable" },
    });
    expect(log.join()).toContain('{"event":"login.store_unreadable","source":"acme","answer":"');
  });

  test("answers by onStoreError also when both hang, within the limits of both", async () => {
    source = await loadSource({ onStoreError: "allow" });
    stores.kv = "hangs";
    stores.log = "hangs";
    const { value, ms } = await timed(ask());
    expect(value).toMatchObject({ granted: true, projects: all });
    expect(ms).toBeLessThan(2100);
  });

  test("answers by onStoreError when KV is down and no map was ever kept", async () => {
    stores.kv = "fails";
    expect((await ask()).rules).toEqual({
      "7": "store_unreadable",
      "11": "store_unreadable",
      "12": "store_unreadable",
    });
  });

  test("in a storm of 5,000 questions reads KV once", async () => {
    await env.PERMISSIONS.put("acme", map);
    const answers = await Promise.all(Array.from({ length: 5000 }, () => ask()));
    expect(answers.every(({ projects }) => projects["7"] === true && projects["12"] === false)).toBe(true);
    expect(stores.reads).toBe(1);
  });

  test("in a storm of questions asks silent stores once each", async () => {
    stores.kv = "hangs";
    stores.log = "hangs";
    const answers = await Promise.all(Array.from({ length: 500 }, () => ask()));
    expect(answers.every(({ granted }) => !granted)).toBe(true);
    expect([stores.reads, stores.statements]).toEqual([1, 1]);
  });
});

describe("a map that is not valid", () => {
  const garbage = [
    ["no JSON", "{", ": not JSON"],
    ["empty", "", ": not JSON"],
    ["a fault", JSON.stringify({ users: { "41": { allow: [7], hours: { start: "25:00" } } } }), "users.41.hours.start"],
  ] as const;

  test.each(garbage)("(%s) leaves the copy in force and is named in the log", async (_, text, fault) => {
    await warmUp();
    await env.PERMISSIONS.put("acme", text);
    expect(await ask(31)).toMatchObject({ projects: byMap, mapVersion: await hashText(map), mapAgeSeconds: 0 });
    expect(log.filter((line) => line.startsWith('error {"event":"document.invalid"'))).toHaveLength(1);
    expect(log.join()).toContain('"document":"permissions/acme"');
    expect(log.join()).toContain(fault);
  });

  test.each(garbage)("(%s) leaves the last good one in force in a new isolate", async (_, text) => {
    await warmUp();
    await env.PERMISSIONS.put("acme", text);
    forgetPermissions();
    expect(await ask(60)).toMatchObject({ projects: byMap, mapVersion: await hashText(map) });
    expect(await ask(91)).toMatchObject({ projects: byMap, mapVersion: await hashText(map) });
  });

  test.each([
    ["deny", none],
    ["allow", all],
  ] as const)("is answered by onStoreError: %s when there never was a good one", async (onStoreError, projects) => {
    source = await loadSource({ onStoreError });
    await env.PERMISSIONS.put("acme", "{");
    const answer = await ask();
    expect(answer).toMatchObject({ granted: onStoreError === "allow", projects });
    expect(answer).not.toHaveProperty("mapVersion");
  });

  test("is left behind by the next valid one", async () => {
    await warmUp();
    await env.PERMISSIONS.put("acme", "{");
    await ask(31);
    await env.PERMISSIONS.put("acme", otherMap);
    expect(await ask(62)).toMatchObject({ projects: byOtherMap, mapVersion: await hashText(otherMap) });
  });
});
