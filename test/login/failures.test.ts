import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { hashText } from "../../src/config/document.ts";
import { forgetPermissions } from "../../src/login/permissions.ts";
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
    ["deny", none],
    ["allow", all],
  ] as const)("is answered by onStoreError: %s when there never was a good one", async (onStoreError, projects) => {
    scene.source = await loadSource({ onStoreError });
    await env.PERMISSIONS.put("acme", "{");
    const answer = await scene.ask();
    expect(answer).toMatchObject({ granted: onStoreError === "allow", projects });
    expect(answer).not.toHaveProperty("mapVersion");
  });

  test("is left behind by the next valid one", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", "{");
    await scene.ask(31);
    await env.PERMISSIONS.put("acme", otherMap);
    expect(await scene.ask(62)).toMatchObject({ projects: byOtherMap, mapVersion: await hashText(otherMap) });
  });
});

describe("a map that was deleted", () => {
  async function deleteMap() {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    expect(await scene.ask(31)).toMatchObject({ granted: false, projects: none });
    await scene.stores.settle();
  }

  test("does not come back when nonsense is put in its place", async () => {
    await deleteMap();
    await env.PERMISSIONS.put("acme", "{");
    expect(await scene.ask(62)).toMatchObject({ granted: false, projects: none });
    forgetPermissions();
    expect(await scene.ask(93)).toMatchObject({ granted: false, projects: none });
  });

  test("does not come back in a new isolate while KV is silent", async () => {
    await deleteMap();
    forgetPermissions();
    scene.stores.kv = "fails";
    expect(await scene.ask(62)).toMatchObject({ granted: false, projects: none });
  });
});
