import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import { hashText } from "../../../src/config/documents/cache.ts";
import { type Place, readWritten, writeDocument } from "../../../src/config/documents/edit.ts";
import { receiptAt } from "../../../src/events/receipt.ts";
import { tend } from "../../../src/janitor/every-minute.ts";
import { keepDocument } from "../../../src/log/documents/last-good.ts";
import { listVersions, removeOldMaps } from "../../../src/log/documents/versions.ts";
import { placePermissions } from "../../../src/login/store/permissions.ts";
import { aDeed } from "../../deed.ts";
import { aWork } from "../../work.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const now = Date.parse("2026-11-20T09:00:00Z");
const place: Place = placePermissions(env, { id: "acme", timezone: "UTC" });
const map = (project: number) => JSON.stringify({ default: { allow: [project] } });
const versions = async () => (await listVersions(env.LOG, place.name, 500)).map(({ version, who }) => [version, who]);

/** KV that refuses writes so many times. */
function refusing(times: number): Place {
  let left = times;
  const kv = new Proxy(env.PERMISSIONS, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      if (name === "put" && left-- > 0) return () => Promise.reject(new Error("429 Too Many Requests"));
      return member.bind(target);
    },
  });
  return { ...place, kv };
}

describe("writing a document", () => {
  test("that KV refuses for a moment is repeated", async () => {
    vi.spyOn(console, "info").mockImplementation(() => undefined);
    expect(await writeDocument(refusing(1), map(7), undefined, now, aDeed)).toMatchObject({ state: "written" });
    expect(await env.PERMISSIONS.get("acme")).toBe(map(7));
  });

  test("that KV keeps refusing changes nothing and leaves no version", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await writeDocument(place, map(7), undefined, now, aDeed);
    expect(await writeDocument(refusing(9), map(8), undefined, now, aDeed)).toEqual({ state: "not_stored" });
    expect(await versions()).toEqual([[1, "ada"]]);
    expect((await readWritten(place, now)).version?.body).toBe(map(7));
  }, 120_000);

  test("after another one came in between is lost", async () => {
    await writeDocument(place, map(7), "", now, aDeed);
    const first = await hashText(map(7));
    await writeDocument(place, map(8), first, now, aDeed);
    expect(await writeDocument(place, map(9), first, now, aDeed)).toEqual({ state: "lost" });
    expect(await writeDocument(place, map(9), "", now, aDeed)).toEqual({ state: "lost" });
    expect(await env.PERMISSIONS.get("acme")).toBe(map(8));
  });

  test("that is larger than the log takes is refused before it is written", async () => {
    const noise = Array.from({ length: 80 }, () => [...crypto.getRandomValues(new Uint8Array(30_000))].join(""));
    const large = JSON.stringify({ default: { allow: [7], note: noise.join("") } });
    expect(await writeDocument(place, large, undefined, now, aDeed)).toEqual({ state: "too_large" });
    expect(await env.PERMISSIONS.get("acme")).toBeNull();
  });

  test("that was deleted by hand is a version of its own, even if it is what it was", async () => {
    await writeDocument(place, map(7), undefined, now, aDeed);
    await writeDocument(place, map(7), undefined, now + MINUTE, aDeed);
    expect(await versions()).toEqual([[1, "ada"]]);
    await env.PERMISSIONS.delete("acme");
    await writeDocument(place, map(7), undefined, now + 2 * MINUTE, aDeed);
    expect(await versions()).toEqual([
      [2, "ada"],
      [1, "ada"],
    ]);
  });
});

describe("old versions", () => {
  const old = (n: number, at: number) => ({ hash: `hash ${n}`, at, body: map(n) });
  const keep = (n: number, at: number, name = place.name) => keepDocument(env.LOG, name, old(n, at), "kv");
  const numbers = async () => (await versions()).map(([version]) => version);

  test("of a map go 35 days after another one came in their place; the newest never goes", async () => {
    for (const [n, days] of [300, 200, 100, 34, 20].entries()) await keep(n, now - days * DAY);
    await removeOldMaps(env.LOG, now);
    expect(await numbers()).toEqual([5, 4, 3]);
    await removeOldMaps(env.LOG, now + 400 * DAY);
    expect(await numbers()).toEqual([5]);
  });

  test("of a map stay for as long as an event is left that may name them", async () => {
    for (const [n, days] of [300, 200, 100, 60, 20].entries()) await keep(n, now - days * DAY);
    const receipt = `${receiptAt(now - 90 * DAY)}${"0".repeat(16)}`;
    await env.LOG.prepare(
      `INSERT INTO event (receipt, id, source, type, time, key, due, results, body)
       VALUES (?1, 'evt_1', 'acme', 'login.decided', '', '', 0, '{}', x'')`,
    )
      .bind(receipt)
      .run();
    await removeOldMaps(env.LOG, now);
    expect(await numbers()).toEqual([5, 4, 3]);
    await env.LOG.prepare("DELETE FROM event").run();
    await removeOldMaps(env.LOG, now);
    expect(await numbers()).toEqual([5, 4]);
  });

  test("of one map do not go by those of another, and cron lets go of them", async () => {
    await env.CONFIG.put("relay", JSON.stringify({ sources: {} }));
    await keep(1, now - 300 * DAY);
    await keep(2, now - 200 * DAY);
    await keep(1, now - 300 * DAY, "permissions/acme2");
    await tend(aWork({ now: now + DAY }));
    expect(await numbers()).toEqual([2]);
    expect(await listVersions(env.LOG, "permissions/acme2", 9)).toHaveLength(1);
  });

  test("of the configuration: a hundred stay, whatever their age", async () => {
    for (let n = 0; n < 150; n++) await keep(n, now - 40 * DAY + n * MINUTE, "relay");
    const relay: Place = { ...place, name: "relay", key: "relay", kv: env.CONFIG, missing: "fault" };
    await writeDocument(relay, map(1000), undefined, now, aDeed);
    const kept = (await listVersions(env.LOG, "relay", 500)).map(({ version }) => version);
    expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, 151, 52]);
  });
});

describe("reading a document", () => {
  test("takes what was put into KV by hand for a new version", async () => {
    await writeDocument(place, map(7), undefined, now, aDeed);
    await env.PERMISSIONS.put("acme", map(8));
    expect((await readWritten(place, now + MINUTE)).version).toMatchObject({ version: 2, who: "kv", body: map(8) });
  });

  test("takes an old version that KV still shows for what it is", async () => {
    await writeDocument(place, map(7), undefined, now, aDeed);
    await writeDocument(place, map(8), undefined, now + 1000, aDeed);
    await env.PERMISSIONS.put("acme", map(7));
    expect((await readWritten(place, now + MINUTE)).version?.body).toBe(map(8));
    expect((await readWritten(place, now + 10 * MINUTE)).version).toMatchObject({ version: 3, body: map(7) });
  });

  test("finds none that was deleted, but for one that KV may not show yet", async () => {
    await writeDocument(place, map(7), undefined, now, aDeed);
    await env.PERMISSIONS.delete("acme");
    expect((await readWritten(place, now + MINUTE)).version?.body).toBe(map(7));
    expect(await readWritten(place, now + 10 * MINUTE)).toMatchObject({
      version: undefined,
      newest: await hashText(map(7)),
    });
  });

  test("passes over what is not valid, and says why", async () => {
    await writeDocument(place, map(7), undefined, now, aDeed);
    await env.PERMISSIONS.put("acme", '{"users":{"41":{"allow":7}}}');
    expect(await readWritten(place, now)).toMatchObject({
      version: { body: map(7) },
      faults: [{ path: "users.41.allow" }],
    });
  });
});
