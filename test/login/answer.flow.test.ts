import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { byMap, byOtherMap, map, none, otherMap, question, setScene, timed } from "./scene.ts";
import { loadSource } from "./stores.ts";

const scene = setScene();

describe("the answer", () => {
  test("says for every project whether it is granted, by which rule, and from which map", async () => {
    await env.PERMISSIONS.put("acme", map);
    expect(await scene.ask()).toEqual({
      granted: false,
      projects: byMap,
      rules: { "7": "default allow", "11": "users.41 allow", "12": "none" },
      mapVersion: await hashText(map),
      mapAgeSeconds: 0,
    });
  });

  test("grants the login when every project is granted", async () => {
    await env.PERMISSIONS.put("acme", map);
    expect((await scene.ask(0, { ...question, projects: ["7", "11"] })).granted).toBe(true);
  });

  test("takes each source's own map, and its timezone", async () => {
    await env.PERMISSIONS.put("acme", JSON.stringify({ default: { allow: [7], from: "2026-11-20T10:00" } }));
    await env.PERMISSIONS.put("other", JSON.stringify({ default: { allow: "*" } }));
    expect((await scene.ask(0)).projects["7"]).toBe(true);
    scene.source = await loadSource({ timezone: "America/Chicago" });
    expect((await scene.ask(1)).projects["7"]).toBe(false);
    scene.source = await loadSource({ timezone: undefined });
    expect((await scene.ask(2)).projects["7"]).toBe(false);
    expect((await scene.ask(3600)).projects["7"]).toBe(true);
  });

  test("is false for every project when there is no map, whatever onStoreError says", async () => {
    scene.source = await loadSource({ onStoreError: "allow" });
    expect(await scene.ask()).toEqual({
      granted: false,
      projects: none,
      rules: { "7": "no_map", "11": "no_map", "12": "no_map" },
    });
  });

  test("is false for every project once the map was deleted", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    expect((await scene.ask(31)).projects).toEqual(none);
  });

  test.each([
    ["a map that grants everything", "answers", JSON.stringify({ default: { allow: "*" } })],
    ["no map", "answers", undefined],
    ["no store", "fails", undefined],
    ["a store that hangs", "hangs", undefined],
  ] as const)("is false for every project while the question cannot be read, with %s", async (_, state, text) => {
    if (text !== undefined) await env.PERMISSIONS.put("acme", text);
    scene.source = await loadSource({ onStoreError: "allow" });
    scene.stores.kv = state;
    scene.stores.log = state;
    const { value, ms } = await timed(scene.ask(0, { ...question, unreadable: ["groupId"] }));
    expect(value).toEqual({
      granted: false,
      projects: none,
      rules: { "7": "unreadable", "11": "unreadable", "12": "unreadable" },
      unreadable: ["groupId"],
    });
    expect(ms).toBeLessThan(500);
  });

  test("costs no look-up and little time for a hundred thousand agents", async () => {
    const users = Object.fromEntries(Array.from({ length: 100_000 }, (_, n) => [String(n), { allow: [7, n] }]));
    await env.PERMISSIONS.put("acme", JSON.stringify({ users }));
    await scene.ask();
    scene.stores.reads = 0;
    const began = performance.now();
    for (let n = 0; n < 1000; n++) await scene.ask(1, { ...question, userId: String(n * 97) });
    expect(scene.stores.reads).toBe(0);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe("the age of a copy", () => {
  test("under 10 seconds it is served without asking KV", async () => {
    await scene.warmUp();
    expect(await scene.ask(9.999)).toMatchObject({ projects: byMap, mapAgeSeconds: 9 });
    expect(scene.stores.reads).toBe(0);
  });

  test("from 10 seconds it is served and read anew behind, once", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    const answers = await Promise.all(Array.from({ length: 100 }, () => scene.ask(10)));
    expect(answers.map(({ projects }) => projects)).toEqual(Array(100).fill(byMap));
    expect(scene.stores.reads).toBe(1);
    await scene.stores.settle();
    expect(await scene.ask(11)).toMatchObject({ projects: byOtherMap, mapAgeSeconds: 1 });
    expect(scene.stores.reads).toBe(1);
  });

  test("under 30 seconds it is served while KV fails or hangs", async () => {
    await scene.warmUp();
    scene.stores.kv = "fails";
    expect((await scene.ask(29)).projects).toEqual(byMap);
    scene.stores.kv = "hangs";
    const { value, ms } = await timed(scene.ask(29.999));
    expect(value.projects).toEqual(byMap);
    expect(ms).toBeLessThan(300);
  });

  test("from 30 seconds KV is waited for, so an edit is in force", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    expect(await scene.ask(30)).toMatchObject({
      projects: byOtherMap,
      mapAgeSeconds: 0,
      mapVersion: await hashText(otherMap),
    });
    expect(scene.stores.reads).toBe(1);
  });

  test("does not matter when KV does not answer within 600 ms", async () => {
    await scene.warmUp();
    scene.stores.kv = "hangs";
    const { value, ms } = await timed(scene.ask(3600));
    expect(value).toMatchObject({ projects: byMap, mapAgeSeconds: 3600 });
    expect(ms).toBeGreaterThan(550);
    expect(ms).toBeLessThan(900);
  });

  test("is waited for as long as the source says", async () => {
    scene.source = await loadSource({ storeTimeoutMs: 100 });
    await scene.warmUp();
    scene.stores.kv = "hangs";
    const { value, ms } = await timed(scene.ask(3600));
    expect(value).toMatchObject({ projects: byMap, mapAgeSeconds: 3600 });
    expect(ms).toBeGreaterThan(80);
    expect(ms).toBeLessThan(400);
  });

  test("does not matter when KV fails", async () => {
    await scene.warmUp();
    scene.stores.kv = "fails";
    expect(await scene.ask(3600)).toMatchObject({ projects: byMap, mapAgeSeconds: 3600 });
    scene.stores.kv = "answers";
    expect(await scene.ask(3601)).toMatchObject({ projects: byMap, mapAgeSeconds: 0 });
  });
});
