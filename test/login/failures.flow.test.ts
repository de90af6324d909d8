import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { keepDocument } from "../../src/log/documents/last-good.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { all, byMap, byOtherMap, map, none, otherMap, setScene, timed } from "./scene.ts";
import { loadSource } from "./stores.ts";

const scene = setScene();

describe("a new isolate", () => {
  test("takes the last good map of the log when KV hangs", async () => {
    await scene.warmUp();
    forgetPermissions();
    scene.stores.kv = "hangs";
    const { value, ms } = await timed(scene.ask(60));
    expect(value).toMatchObject({ projects: byMap, mapVersion: await hashText(map), mapAgeSeconds: 60 });
    expect(ms).toBeLessThan(1200);
  });

  test("reads the log once, and serves that copy while KV stays silent", async () => {
    await scene.warmUp();
    forgetPermissions();
    scene.stores.kv = "fails";
    await Promise.all(Array.from({ length: 500 }, () => scene.ask(60)));
    expect(scene.stores.statements).toBe(1);
    scene.stores.log = "fails";
    expect((await scene.ask(61)).projects).toEqual(byMap);
    scene.stores.kv = "answers";
    expect(await scene.ask(62)).toMatchObject({ projects: byMap, mapAgeSeconds: 0 });
  });

  test.each([
    ["deny", none],
    ["allow", all],
  ] as const)("answers by onStoreError: %s when neither can be read", async (onStoreError, projects) => {
    await scene.warmUp();
    forgetPermissions();
    scene.source = await loadSource({ onStoreError });
    scene.stores.kv = "fails";
    scene.stores.log = "fails";
    expect(await scene.ask(60)).toEqual({
      granted: onStoreError === "allow",
      projects,
      rules: { "7": "store_unreadable", "11": "store_unreadable", "12": "store_unreadable" },
    });
    expect(scene.log.join()).toContain('{"event":"login.store_unreadable","source":"acme","answer":"');
  });

  test("answers by onStoreError also when both hang, within the limits of both", async () => {
    scene.source = await loadSource({ onStoreError: "allow" });
    scene.stores.kv = "hangs";
    scene.stores.log = "hangs";
    const { value, ms } = await timed(scene.ask());
    expect(value).toMatchObject({ granted: true, projects: all });
    expect(ms).toBeLessThan(2100);
  });

  test("answers by onStoreError when KV is down and no map was ever kept", async () => {
    scene.stores.kv = "fails";
    expect((await scene.ask()).rules).toEqual({
      "7": "store_unreadable",
      "11": "store_unreadable",
      "12": "store_unreadable",
    });
  });

  test("in a storm of 5,000 questions reads KV once", async () => {
    await env.PERMISSIONS.put("acme", map);
    const answers = await Promise.all(Array.from({ length: 5000 }, () => scene.ask()));
    expect(answers.every(({ projects }) => projects["7"] === true && projects["12"] === false)).toBe(true);
    expect(scene.stores.reads).toBe(1);
  });

  test("in a storm of questions asks silent stores once each", async () => {
    scene.stores.kv = "hangs";
    scene.stores.log = "hangs";
    const answers = await Promise.all(Array.from({ length: 500 }, () => scene.ask()));
    expect(answers.every(({ granted }) => !granted)).toBe(true);
    expect([scene.stores.reads, scene.stores.statements]).toEqual([1, 1]);
  });
});

describe("a map that is not valid", () => {
  const garbage = [
    ["no JSON", "{", ": not JSON"],
    ["empty", "", ": not JSON"],
    ["half-written", map.slice(0, map.length / 2), ": not JSON"],
    ["a fault", JSON.stringify({ users: { "41": { allow: [7], hours: { start: "25:00" } } } }), "users.41.hours.start"],
  ] as const;

  test.each(garbage)("(%s) leaves the copy in force and is named in the log", async (_, text, fault) => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", text);
    expect(await scene.ask(31)).toMatchObject({ projects: byMap, mapVersion: await hashText(map), mapAgeSeconds: 0 });
    expect(scene.log.filter((line) => line.startsWith('error {"event":"document.invalid"'))).toHaveLength(1);
    expect(scene.log.join()).toContain('"document":"permissions/acme"');
    expect(scene.log.join()).toContain(fault);
  });

  test.each(garbage)("(%s) leaves the last good one in force in a new isolate", async (_, text) => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", text);
    forgetPermissions();
    expect(await scene.ask(60)).toMatchObject({ projects: byMap, mapVersion: await hashText(map) });
    expect(await scene.ask(91)).toMatchObject({ projects: byMap, mapVersion: await hashText(map) });
  });

  test.each([
    ["no JSON", "{"],
    [
      "a typing error in its first version",
      JSON.stringify({ defualt: { allow: "*" }, users: { "41": { deny: "*" } } }),
    ],
  ])("counts as none when there never was a good one, whatever onStoreError says: %s", async (_, text) => {
    scene.source = await loadSource({ onStoreError: "allow" });
    await env.PERMISSIONS.put("acme", text);
    const noMap = { granted: false, projects: none, rules: { "7": "no_map", "11": "no_map", "12": "no_map" } };
    expect(await scene.ask()).toEqual(noMap);
    scene.stores.log = "fails";
    forgetPermissions();
    expect(await scene.ask(1)).toEqual(noMap);
    expect(scene.log.join()).not.toContain("store_unreadable");
  });

  test("is no reason to forget the last good one while the log is silent for a moment", async () => {
    await scene.warmUp();
    await scene.stores.settle();
    const before = await scene.ask(1);
    await env.PERMISSIONS.put("acme", "{");
    scene.stores.log = "fails";
    forgetPermissions();
    expect(await scene.ask(31)).toMatchObject({ granted: false, rules: { "7": "no_map" } });
    scene.stores.log = "answers";
    expect(await scene.ask(32)).toMatchObject({ granted: before.granted, projects: before.projects });
  });

  test("is left behind by the next valid one", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", "{");
    await scene.ask(31);
    await env.PERMISSIONS.put("acme", otherMap);
    expect(await scene.ask(62)).toMatchObject({ projects: byOtherMap, mapVersion: await hashText(otherMap) });
  });
});

describe("a map that is faulty", () => {
  const faulty = JSON.stringify({ default: { allow: [7, 11, 12] }, users: { "41": { deny: [11], from: "soon" } } });

  test("is in force, and is named in the log", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", faulty);
    expect(await scene.ask(31)).toMatchObject({
      projects: { "7": true, "11": false, "12": true },
      mapVersion: await hashText(faulty),
    });
    expect(scene.log.join()).toContain('"event":"document.faulty","document":"permissions/acme"');
    expect(scene.log.join()).toContain("users.41.from");
  });

  test("is the last good one of a new isolate", async () => {
    await env.PERMISSIONS.put("acme", faulty);
    await scene.ask();
    await scene.stores.settle();
    forgetPermissions();
    scene.stores.kv = "fails";
    expect(await scene.ask(60)).toMatchObject({ mapVersion: await hashText(faulty) });
  });
});

describe("a map that an earlier version took", () => {
  const earlier = {
    default: { allow: [7, 11, 12], badge: "blue" },
    users: { "41": [{ deny: [11], hours: { weeks: [1] }, level: 3 }, "vip"] },
    usernames: { eve: { allow: [99], note: { text: "new" } } },
    groups: [],
    teams: { "1": { deny: "*" } },
  };
  const text = JSON.stringify(earlier);

  test.each(["fails", "answers"] as const)("stays in force where KV %s", async (kv) => {
    await keepDocument(env.LOG, "permissions/acme", { hash: await hashText(text), at: 0, body: text }, "kv");
    await env.PERMISSIONS.put("acme", text);
    scene.stores.kv = kv;
    expect(await scene.ask()).toMatchObject({
      projects: { "7": true, "11": false, "12": true },
      mapVersion: await hashText(text),
    });
  });
});
