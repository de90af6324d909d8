import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { keepDocument, readLastGood } from "../../../src/log/documents/last-good.ts";

const MINUTE = 60_000;
const keep = (body: string, at: number) => keepDocument(env.LOG, "relay", { hash: `hash of ${body}`, at, body }, "kv");
const versions = async () => {
  const { results } = await env.LOG.prepare("SELECT version, hash FROM document ORDER BY version").all();
  return results.map(({ hash }) => hash);
};

describe("keepDocument", () => {
  it("keeps every new version, and the newest is the last good one", async () => {
    await keep("a", 0);
    await keep("b", MINUTE);
    await keep("b", 2 * MINUTE);
    expect(await versions()).toEqual(["hash of a", "hash of b"]);
    expect(await readLastGood(env.LOG, "relay")).toEqual({ hash: "hash of b", at: MINUTE, body: "b" });
    expect(await readLastGood(env.LOG, "permissions/vcc")).toBeUndefined();
  });

  it("does not take an old version for a new one while KV still shows it somewhere", async () => {
    await keep("a", 0);
    await keep("b", MINUTE);
    await keep("a", 2 * MINUTE);
    expect(await versions()).toEqual(["hash of a", "hash of b"]);
  });

  it("keeps an old version that somebody went back to", async () => {
    await keep("a", 0);
    await keep("b", MINUTE);
    await keep("a", 10 * MINUTE);
    expect(await versions()).toEqual(["hash of a", "hash of b", "hash of a"]);
  });

  it("keeps what is put back soon after it was deleted", async () => {
    await keep("a", 0);
    await keepDocument(env.LOG, "relay", { hash: "hash of {}", at: MINUTE, body: "{}" }, "deleted");
    await keep("a", 2 * MINUTE);
    expect(await versions()).toEqual(["hash of a", "hash of {}", "hash of a"]);
  });

  it("keeps a map of a megabyte", async () => {
    const large = JSON.stringify({
      users: Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [n, { allow: [n] }])),
    });
    expect(large.length).toBeGreaterThan(1_000_000);
    await keep(large, 0);
    expect((await readLastGood(env.LOG, "relay"))?.body).toBe(large);
  });
});
