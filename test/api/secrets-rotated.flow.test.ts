import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { app } from "../../src/app.ts";
import { foldTally } from "../../src/log/ledger/fold.ts";
import { consumeAll } from "../delivery/consume-all.ts";
import { SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { call } from "./call.ts";
import { audited, callAs, makeToken } from "./people/somebody.ts";

const HOUR_MS = 3_600_000;
const keyed = z.object({ key: z.string(), name: z.string(), urls: z.array(z.object({ url: z.string() })) });
const listed = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      last: z.string().nullable(),
      keys: z.array(z.object({ name: z.string(), set: z.boolean(), last: z.string().nullable() })),
      refused: z.object({ times: z.number() }),
      drift: z.number(),
    }),
  ),
});

async function put(config: object): Promise<void> {
  const { status, text } = await call("PUT", "config", config);
  if (status !== 200) throw new Error(text);
}

/** Signs what a destination got, by each of the secrets: which of them verify it. */
async function verifiedBy(sink: ReturnType<typeof openSink>, secrets: readonly string[]): Promise<boolean[]> {
  await call("POST", "destinations/crm/test");
  const got = (await sink.received()).at(-1);
  return secrets.map((secret) => {
    try {
      new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {});
      return true;
    } catch {
      return false;
    }
  });
}

describe("POST /api/destinations/:id/secret", () => {
  const other = { url: "http://127.0.0.1:9/?k=canary", secrets: [SECRET], headers: { "x-a": "canary-header-value" } };

  it("makes a secret that signs beside the one before, and no more than two", async () => {
    const sink = openSink();
    await put({ sources: {}, destinations: { crm: { url: sink.url, secrets: [SECRET] }, other } });
    const first = String((await call("POST", "destinations/crm/secret")).body.secret);
    expect(first).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(await verifiedBy(sink, [SECRET, first])).toEqual([true, true]);
    const { body } = await call("POST", "destinations/crm/secret");
    expect(body).toMatchObject({ signing: 2, inForce: { usuallyBy: expect.any(String) } });
    expect(await verifiedBy(sink, [SECRET, first, String(body.secret)])).toEqual([false, true, true]);
    expect((await call("GET", "destinations/crm")).body.secrets).toBe(2);
  });

  it("keeps it sealed: no answer, version and audit has it, and nothing else of the configuration is changed", async () => {
    await put({ sources: {}, destinations: { crm: { url: "http://127.0.0.1:9/", secrets: [SECRET] }, other } });
    const before = (await call("GET", "config")).body;
    const secret = String((await call("POST", "destinations/crm/secret")).body.secret);
    const kept = String(await env.CONFIG.get("relay"));
    expect(kept).not.toContain(secret);
    const stored = z.looseObject({ destinations: z.looseObject({ other: z.unknown() }) }).parse(JSON.parse(kept));
    expect(stored.destinations.other).toEqual(other);
    expect(before).toMatchObject({ destinations: { crm: { secrets: ["***"] } } });
    expect((await call("GET", "config")).body).toMatchObject({ destinations: { crm: { secrets: ["***", "***"] } } });
    const { text } = await call("GET", "audit");
    expect(text).not.toContain(secret.slice("whsec_".length));
    expect((await audited()).at(-1)).toEqual(["admin", "destination.secret_rotated", "destinations/crm"]);
  });

  it("is for its receiver, too, and for no other's", async () => {
    const sink = openSink();
    await put({ sources: {}, destinations: { crm: { url: sink.url, secrets: [SECRET] }, other } });
    const { token } = await makeToken("receiver", { destination: "crm" });
    const { status, body } = await callAs(token, "POST", "destinations/crm/secret");
    expect([status, body.signing]).toEqual([200, 2]);
    expect((await callAs(token, "POST", "destinations/other/secret")).status).toBe(403);
    expect((await callAs(token, "DELETE", "destinations/other/secret")).status).toBe(403);
    expect(await verifiedBy(sink, [SECRET, String(body.secret)])).toEqual([true, true]);
    expect((await callAs(token, "DELETE", "destinations/crm/secret")).body).toMatchObject({ signing: 1 });
    expect(await verifiedBy(sink, [SECRET, String(body.secret)])).toEqual([false, true]);
    expect((await callAs(token, "DELETE", "destinations/crm/secret")).body).toMatchObject({ code: "invalid_request" });
  });

  it("gives an unsigned destination its first", async () => {
    const sink = openSink();
    await put({ sources: {}, destinations: { crm: { url: sink.url, secrets: [] } } });
    const { body } = await call("POST", "destinations/crm/secret");
    expect(body.signing).toBe(1);
    expect(await verifiedBy(sink, [String(body.secret)])).toEqual([true]);
  });

  it("counts what stands for nothing as no secret", async () => {
    await put({ sources: {}, destinations: { crm: { url: "http://127.0.0.1:9/", secrets: ["env:NOT_SET", SECRET] } } });
    expect((await call("POST", "destinations/crm/secret")).body.signing).toBe(2);
    const kept = String(await env.CONFIG.get("relay"));
    expect([kept.includes("NOT_SET"), kept.includes(SECRET)]).toEqual([false, true]);
  });

  it.each([
    ["without RELAY_KEY", { RELAY_KEY: "" }, "crm", 503, "relay_key_missing"],
    ["of nobody", {}, "nobody", 404, "not_found"],
    ["of an ed25519 pair", {}, "pair", 422, "invalid_request"],
  ])("is refused %s", async (_, variables, id, status, code) => {
    const pair = { url: "http://127.0.0.1:9/", secrets: [`whsk_${btoa("0123456789abcdef0123456789abcdef")}`] };
    await put({ sources: {}, destinations: { crm: other, pair } });
    const kept = await env.CONFIG.get("relay");
    const headers = { authorization: "Bearer test-admin-token" };
    const request = new Request(`http://localhost/api/destinations/${id}/secret`, { method: "POST", headers });
    const response = await app.fetch(request, { ...env, ...variables }, createExecutionContext());
    expect([response.status, await response.json()]).toEqual([status, expect.objectContaining({ code })]);
    expect(await env.CONFIG.get("relay")).toBe(kept);
  });

  it("changes nothing of a faulty configuration, and tells a receiver no word of it", async () => {
    await put({ sources: {}, destinations: { crm: { url: "http://127.0.0.1:9/", secrets: [SECRET] } } });
    const { token } = await makeToken("receiver", { destination: "crm" });
    const bad = { ...other, mask: { "data.canary": "remove" } };
    await env.CONFIG.put(
      "relay",
      JSON.stringify({ sources: {}, destinations: { crm: { url: "http://127.0.0.1:9/", secrets: [SECRET] }, bad } }),
    );
    const { status, text } = await callAs(token, "POST", "destinations/crm/secret");
    expect(status).toBe(422);
    expect(text).not.toMatch(/bad|canary/);
  });
});

describe("the keys of a source", () => {
  const knock = async (url: string, headers: Record<string, string> = {}) =>
    (await exports.default.fetch(new Request(url, { method: "POST", headers, body: '{"smsId":1}' }))).status;
  const old = "http://localhost/in/acme/sms?secret-key=the-old-key-5b1d0c";

  it("get a new one that works at once beside the old, by the URLs that are told; each tells its last use", async () => {
    await put({ sources: { acme: { vendor: "vcc-live", keys: ["the-old-key-5b1d0c"] } } });
    const made = keyed.parse((await call("POST", "sources/acme/key")).body);
    const sms = made.urls.map(({ url }) => url).find((url) => url.includes("/sms?")) ?? "";
    expect(sms).toContain(`secret-key=${made.key}`);
    expect(made.name).toMatch(/^sealed:[\w-]{8}$/);
    const read = async () => listed.parse((await call("GET", "sources")).body).items[0];
    expect((await read())?.keys).toEqual([
      { name: made.name, set: true, last: null },
      { name: "#1", set: true, last: null },
    ]);
    const at = sms.replace(/^https?:\/\/[^/]+/, "http://localhost");
    expect([await knock(at), await knock(old), await knock(`${old}x`)]).toEqual([200, 200, 401]);
    await consumeAll([]);
    await expect
      .poll(async () => (await read())?.keys.map(({ last }) => last !== null), { timeout: 20_000 })
      .toEqual([true, true]);
    const before = await read();
    await foldTally(env.LOG, Date.now() + 2 * HOUR_MS);
    expect(await read()).toEqual(before);
    expect((await call("DELETE", "sources/acme/keys/%231")).body).toMatchObject({ name: "#1", live: 1 });
    expect([await knock(at), await knock(old)]).toEqual([200, 401]);
    expect((await audited()).slice(-2)).toEqual([
      ["admin", "source.key_added", "sources/acme"],
      ["admin", "source.key_ended", "sources/acme"],
    ]);
    expect(String(await env.CONFIG.get("relay"))).not.toContain(made.key);
  });

  it("keep the last one, and are not made for signed webhooks", async () => {
    const signed = { vendor: "generic", keys: [SECRET], signature: "standard-webhooks" };
    await put({ sources: { acme: { vendor: "generic", keys: ["a-key-of-its-own-1"] }, signed } });
    expect((await call("DELETE", "sources/acme/keys/%230")).body.code).toBe("invalid_request");
    expect((await call("DELETE", "sources/acme/keys/other")).status).toBe(404);
    expect((await call("POST", "sources/signed/key")).body.code).toBe("invalid_request");
    expect((await call("POST", "sources/nobody/key")).status).toBe(404);
  });

  it("are for basic a user and a password", async () => {
    await put({ sources: { acme: { vendor: "voiso", keys: ["user:the-old-key"], auth: { in: "basic" } } } });
    const { key } = keyed.parse((await call("POST", "sources/acme/key")).body);
    expect(key).toMatch(/^hookswitch:[\w-]{32}$/);
    expect(await knock("http://localhost/in/acme", { authorization: `Basic ${btoa(key)}` })).toBe(200);
  });
});

describe("GET /api/sources", () => {
  it("tells what to paste and where, which keys are set, and how often requests were refused; never a key", async () => {
    await put({
      sources: {
        acme: { vendor: "vcc-live", keys: ["env:NOT_SET", "canary-key-1"], timezone: "Europe/Budapest" },
        uc: { vendor: "ucontact", keys: ["env:TEST_KEY_THAT_IS_NOT"] },
      },
    });
    await exports.default.fetch(new Request("http://localhost/in/acme/sms?secret-key=wrong", { method: "POST" }));
    const acme = async () => listed.parse((await call("GET", "sources")).body).items.find(({ id }) => id === "acme");
    await expect.poll(async () => (await acme())?.refused.times, { timeout: 20_000 }).toBe(1);
    expect((await acme())?.keys).toEqual([
      { name: "#1", set: true, last: null },
      { name: "env:NOT_SET", set: false, last: null },
    ]);
    const { body, text } = await call("GET", "sources/acme", undefined, { host: "relay.example.com" });
    expect(body).toMatchObject({
      product: "VCC Live",
      places: ["query secret-key"],
      asks: true,
      zone: "Europe/Budapest",
    });
    expect(text).toContain("/in/acme/user?secret-key=<key>");
    expect(text).not.toContain("canary");
    expect(body.steps).toEqual(expect.arrayContaining([expect.stringContaining("webhook")]));
    const uc = (await call("GET", "sources/uc")).body;
    expect(uc.urls).toEqual([{ url: expect.stringMatching(/\/in\/uc\?key=<key>$/) }]);
    expect((await call("GET", "sources/nobody")).status).toBe(404);
  });
});

describe("the self-test of one source", () => {
  const steps = z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string().optional() }));
  const test = async (source: string) => (await call("POST", "selftest", { source })).body;

  it.each([
    ["query", { vendor: "vcc-live" }],
    ["header", { vendor: "generic" }],
    ["body", { vendor: "voiso" }],
    ["basic", { vendor: "voiso", auth: { in: "basic" }, keys: ["user:password-1"] }],
    ["path", { vendor: "voiso", auth: { in: "path" } }],
    ["prefix", { vendor: "generic", auth: { in: "header", name: "x-hook", prefix: "Token" } }],
  ])("proves a webhook with its key by %s, and leaves no event", { timeout: 120_000 }, async (_, settings) => {
    await put({ sources: { acme: { keys: ["a-key-of-its-own-1"], ...settings } } });
    const told = steps.parse((await test("acme")).steps);
    expect(told.filter(({ name }) => name !== "login acme")).toMatchObject([
      { name: "keys", ok: true },
      { name: "proof", ok: true },
      { name: "webhook", ok: true },
    ]);
    expect(await env.LOG.prepare("SELECT count(*) AS events FROM event").first("events")).toBe(0);
  });

  it("tells of keys that stand for nothing", { timeout: 120_000 }, async () => {
    await put({ sources: { acme: { vendor: "generic", keys: ["env:NOT_SET"] } } });
    const told = await test("acme");
    expect(told.ok).toBe(false);
    expect(steps.parse(told.steps)[0]).toEqual({ name: "keys", ok: false, detail: expect.stringContaining("NOT_SET") });
    expect((await call("POST", "selftest", { source: "nobody" })).status).toBe(404);
  });
});
