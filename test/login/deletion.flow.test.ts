import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { DocumentCache, hashText } from "../../src/config/documents/cache.ts";
import { readWritten } from "../../src/config/documents/edit.ts";
import { keepDocument } from "../../src/log/documents/last-good.ts";
import { listVersions } from "../../src/log/documents/versions.ts";
import type { PermissionsDocument } from "../../src/login/rules.ts";
import { forgetPermissions, placePermissions } from "../../src/login/store/permissions.ts";
import { byMap, byOtherMap, map, none, otherMap, setScene } from "./scene.ts";
import { loadSource } from "./stores.ts";

const scene = setScene();
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const noMap = { "7": "no_map", "11": "no_map", "12": "no_map" };
const who = async () => (await listVersions(env.LOG, "permissions/acme", 10)).map((one) => one.who);
/** What the next isolate says, at a moment. */
const askAnew = (seconds: number) => {
  forgetPermissions();
  return scene.ask(seconds);
};

describe("a map that was deleted", () => {
  test("is gone at once for whoever looks, and is recorded by cron alone, after a minute", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    for (const hour of [1, 2, 3, 4, 5]) expect((await askAnew(hour * HOUR)).rules).toEqual(noMap);
    await scene.stores.settle();
    expect(await who()).toEqual(["kv"]);
    await scene.tick(6 * HOUR);
    expect(await who()).toEqual(["kv"]);
    await scene.tick(6 * HOUR + MINUTE);
    expect(await who()).toEqual(["deleted", "kv"]);
    await scene.tick(6 * HOUR + 2 * MINUTE);
    expect(await who()).toEqual(["deleted", "kv"]);
  });

  async function deleteMap(): Promise<void> {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    forgetPermissions();
    await scene.tick(HOUR);
    await scene.tick(HOUR + MINUTE);
  }

  test("does not come back in a new isolate while KV is silent, whatever onStoreError says", async () => {
    await deleteMap();
    scene.source = await loadSource({ onStoreError: "allow" });
    for (const kv of ["fails", "hangs"] as const) {
      scene.stores.kv = kv;
      expect(await askAnew(2 * HOUR)).toEqual({ granted: false, projects: none, rules: noMap });
    }
  });

  test("does not come back when nonsense is put in its place", async () => {
    await deleteMap();
    await env.PERMISSIONS.put("acme", "{");
    expect((await askAnew(2 * HOUR)).rules).toEqual(noMap);
    expect((await scene.ask(2 * HOUR + 31)).rules).toEqual(noMap);
  });

  test("does not stay in force in an isolate that slept through it, once KV is silent", async () => {
    await scene.warmUp();
    const sleeper = new DocumentCache<PermissionsDocument>();
    const start = Date.parse("2026-11-20T09:00:00Z");
    const load = (seconds: number) =>
      sleeper.load(
        { ...placePermissions(scene.stores.env, scene.source), defer: scene.stores.defer },
        start + seconds * 1000,
      );
    expect((await load(1)).state).toBe("ready");
    await env.PERMISSIONS.delete("acme");
    forgetPermissions();
    await scene.tick(HOUR);
    await scene.tick(HOUR + MINUTE);
    scene.stores.kv = "fails";
    expect((await load(2 * HOUR)).state).toBe("missing");
    scene.stores.log = "fails";
    expect((await load(3 * HOUR)).state).toBe("missing");
  });

  test("is shown as none by whoever edits, and may be put again", async () => {
    await deleteMap();
    const place = placePermissions(env, scene.source);
    const now = Date.parse("2026-11-20T12:00:00Z");
    expect((await readWritten(place, now)).version).toBeUndefined();
    await env.PERMISSIONS.put("acme", map);
    expect((await readWritten(place, now)).version).toMatchObject({ who: "kv", body: map });
    expect((await askAnew(4 * HOUR)).projects).toEqual(byMap);
  });
});

describe("a stale look-up", () => {
  test("does not bury a map that was just made", async () => {
    scene.stores.stale = null;
    await scene.tick(0);
    await env.PERMISSIONS.put("acme", map);
    // Somebody else sees it already.
    scene.stores.stale = undefined;
    expect((await askAnew(5)).projects).toEqual(byMap);
    await scene.stores.settle();
    scene.stores.stale = null;
    for (const seconds of [10, 70, 130]) {
      forgetPermissions();
      await scene.tick(seconds);
    }
    expect(await who()).toEqual(["kv"]);
    scene.stores.kv = "fails";
    expect((await askAnew(140)).projects).toEqual(byMap);
  });

  test("does not bury a map that was put back, for longer than it lasts", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    forgetPermissions();
    await scene.tick(HOUR);
    await env.PERMISSIONS.put("acme", map);
    scene.stores.stale = null;
    forgetPermissions();
    await scene.tick(HOUR + MINUTE);
    scene.stores.stale = undefined;
    for (const minutes of [2, 3]) await scene.tick(HOUR + minutes * MINUTE);
    expect((await who())[0]).toBe("kv");
    scene.stores.kv = "fails";
    expect((await askAnew(HOUR + 4 * MINUTE)).projects).toEqual(byMap);
  });

  test("of a deleted map does not bring it back", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    forgetPermissions();
    await scene.tick(HOUR);
    await scene.tick(HOUR + MINUTE);
    scene.stores.stale = map;
    expect((await askAnew(HOUR + MINUTE + 30)).projects).toEqual(byMap);
    await scene.stores.settle();
    scene.stores.stale = undefined;
    scene.stores.kv = "fails";
    expect((await askAnew(HOUR + 2 * MINUTE)).rules).toEqual(noMap);
  });

  test("once, between two others, does not count", async () => {
    await scene.warmUp();
    scene.stores.stale = null;
    forgetPermissions();
    await scene.tick(HOUR);
    scene.stores.stale = undefined;
    await scene.tick(HOUR + MINUTE);
    scene.stores.stale = null;
    await scene.tick(HOUR + 2 * MINUTE);
    expect(await who()).toEqual(["kv"]);
  });
});

describe("cron", () => {
  test("keeps what was put into KV by hand, and what was put back", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    await scene.tick(HOUR);
    await env.PERMISSIONS.put("acme", map);
    await scene.tick(2 * HOUR);
    expect(await who()).toEqual(["kv", "kv", "kv"]);
    scene.stores.kv = "fails";
    expect((await askAnew(2 * HOUR + 1)).projects).toEqual(byMap);
  });

  test("takes two looks within a few seconds for one", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    for (const seconds of [HOUR, HOUR + 20, HOUR + 40]) {
      forgetPermissions();
      await scene.tick(seconds);
    }
    expect(await who()).toEqual(["kv"]);
    forgetPermissions();
    await scene.tick(HOUR + MINUTE);
    expect(await who()).toEqual(["deleted", "kv"]);
  });

  test("forgets a look that was before the newest version", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.delete("acme");
    forgetPermissions();
    await scene.tick(HOUR);
    const at = Date.parse("2026-11-20T10:00:30Z");
    await keepDocument(env.LOG, "permissions/acme", { hash: await hashText(otherMap), at, body: otherMap }, "kv");
    forgetPermissions();
    await scene.tick(HOUR + 5 * MINUTE);
    expect(await who()).toEqual(["kv", "kv"]);
    await scene.tick(HOUR + 6 * MINUTE);
    expect(await who()).toEqual(["deleted", "kv", "kv"]);
  });

  test("does not take silence for a deletion", async () => {
    await scene.warmUp();
    scene.stores.kv = "fails";
    for (const minutes of [60, 61, 62]) {
      forgetPermissions();
      await scene.tick(minutes * MINUTE);
    }
    expect(await who()).toEqual(["kv"]);
  });
});

describe("a revocation that KV does not show for a minute", () => {
  test("is in force thirty seconds after KV shows it, in every isolate", async () => {
    await scene.warmUp();
    await env.PERMISSIONS.put("acme", otherMap);
    scene.stores.stale = map;
    const answers: [number, boolean][] = [];
    for (let seconds = 1; seconds <= 95; seconds += 2) {
      if (seconds > 60) scene.stores.stale = undefined;
      answers.push([seconds, (await scene.ask(seconds)).projects["7"] === true]);
      await scene.stores.settle();
    }
    const last = answers.filter(([, granted]) => granted).at(-1)?.[0] ?? 0;
    expect(last).toBeGreaterThanOrEqual(60);
    expect(last).toBeLessThan(60 + 30);
    expect((await askAnew(61)).projects).toEqual(byOtherMap);
  });

  test("counts more than KV's last word, once KV is silent and the log knows better", async () => {
    await scene.warmUp();
    const place = placePermissions(scene.stores.env, scene.source);
    await env.PERMISSIONS.put("acme", otherMap);
    await readWritten(place, Date.parse("2026-11-20T09:01:00Z"));
    scene.stores.stale = map;
    expect((await scene.ask(80)).projects).toEqual(byMap);
    scene.stores.kv = "fails";
    expect((await scene.ask(HOUR)).projects).toEqual(byOtherMap);
  });
});
