import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { app } from "../../../src/app.ts";
import { forgetRelay } from "../../../src/config/load-relay.ts";
import { failingLog } from "../../delivery/faulty-log.ts";
import { call } from "../call.ts";
import { audited } from "./somebody.ts";

const AUD = "the-audience-tag-of-this-application";
const kid = crypto.randomUUID();
let team = "";
let right: CryptoKey;
let other: CryptoKey;

beforeAll(async () => {
  team = new URL(inject("sink")).origin;
  const pair = await generateKeyPair("RS256", { extractable: true });
  right = pair.privateKey;
  other = (await generateKeyPair("RS256")).privateKey;
  const body = JSON.stringify({ ...(await exportJWK(pair.publicKey)), kid, alg: "RS256", use: "sig" });
  await (await fetch(`${team}/cdn-cgi/access/certs`, { method: "PUT", body })).text();
});

const access = {
  "Ada@Example.com": "admin",
  "@example.com": "viewer",
  "group:supervisors": "supervisor",
  "group:operators": "operator",
};

beforeEach(async () => {
  await env.CONFIG.put("relay", JSON.stringify({ access, sources: {} }));
  forgetRelay();
});

interface Claims extends JWTPayload {
  readonly email?: string;
  readonly groups?: unknown;
  readonly custom?: unknown;
}

function sign(claims: Claims, key = right, { alg = "RS256", expires = "5m" } = {}): Promise<string> {
  const jwt = new SignJWT({ iss: team, aud: [AUD], ...claims }).setProtectedHeader({ alg, kid }).setIssuedAt();
  return jwt.setExpirationTime(expires).sign(key);
}

async function ask(assertion: string, { method = "GET", path = "me", headers = {}, variables = {} } = {}) {
  const request = new Request(`https://relay.example.com/api/${path}`, {
    method,
    headers: { "cf-access-jwt-assertion": assertion, ...headers },
    ...(method === "GET" ? {} : { body: "{}" }),
  });
  const bindings = { ...env, ACCESS_TEAM: team, ACCESS_AUD: AUD, ...variables };
  const response = await app.fetch(request, bindings, createExecutionContext());
  return { status: response.status, body: await response.json<Record<string, unknown>>() };
}

describe("whom Cloudflare Access has signed in", () => {
  it("has the role that names them most closely", async () => {
    const roleOf = async (claims: Claims) => (await ask(await sign(claims))).body.role;
    expect(await roleOf({ email: "ada@example.com", groups: ["supervisors"] })).toBe("admin");
    expect(await roleOf({ email: "ADA@example.com" })).toBe("admin");
    expect(await roleOf({ email: "bob@example.com" })).toBe("viewer");
    expect(await roleOf({ email: "bob@example.com", groups: ["supervisors", "operators"] })).toBe("operator");
    expect(await roleOf({ email: "eve@elsewhere.com", custom: { groups: ["supervisors"] } })).toBe("supervisor");
    expect(await roleOf({ common_name: "nightly", groups: ["supervisors"] })).toBe("supervisor");
    const { body } = await ask(await sign({ email: "Ada@Example.com" }));
    expect(body).toEqual({ name: "ada@example.com", role: "admin", by: "access", expires: expect.any(String) });
  });

  it("is refused with 403 when nothing names them", async () => {
    for (const claims of [
      { email: "eve@elsewhere.com" },
      { email: "eve@not-example.com" },
      { email: "ada@example.com.elsewhere.com" },
      { email: "eve@elsewhere.com", groups: ["Supervisors", "group:operators"] },
      { email: "@example.com@elsewhere.com" },
      { sub: "somebody" },
    ]) {
      const { status, body } = await ask(await sign(claims));
      expect([claims, status, body.code]).toEqual([claims, 403, "forbidden"]);
    }
  });

  it("is nobody where the configuration names no one", async () => {
    await env.CONFIG.put("relay", JSON.stringify({ sources: {} }));
    forgetRelay();
    expect((await ask(await sign({ email: "ada@example.com" }))).status).toBe(403);
  });

  it("may too little where the role is too weak", async () => {
    const { status, body } = await ask(await sign({ email: "bob@example.com" }), { path: "config" });
    expect([status, body.detail]).toEqual([403, "This needs the role admin; yours is viewer."]);
  });

  it("is let in while the log is out of reach", async () => {
    const LOG = failingLog("token");
    expect((await ask(await sign({ email: "ada@example.com" }), { variables: { LOG } })).status).toBe(200);
  });
});

describe("an assertion", () => {
  const ada = { email: "ada@example.com" };

  it("of another team, for another application, that is over, or signed by somebody else proves nobody", async () => {
    const wrong = [
      await sign({ ...ada, iss: "https://other.cloudflareaccess.com" }),
      await sign({ ...ada, aud: "another" }),
      await sign(ada, right, { expires: "-5m" }),
      await sign(ada, other),
      `${await sign(ada)}x`,
      "nothing.of.it",
      await unsigned(ada),
      "x".repeat(20_000),
    ];
    for (const assertion of wrong) expect((await ask(assertion)).status).toBe(401);
    expect(await audited()).toEqual([["unknown", "sign_in.failed", "api"]]);
  });

  it.each([
    [{ ACCESS_TEAM: undefined }],
    [{ ACCESS_AUD: undefined }],
    [{ ACCESS_TEAM: "http://elsewhere.example.com" }],
    [{ ACCESS_TEAM: "https://elsewhere.example.com/path" }],
    [{ ACCESS_TEAM: "ftp://127.0.0.1" }],
  ])("counts for nothing with %j", async (variables) => {
    expect((await ask(await sign(ada), { variables })).status).toBe(401);
  });

  it("whose keys cannot be read is not judged", async () => {
    const answer = await ask(await sign({ ...ada, iss: "http://127.0.0.1:1" }), {
      variables: { ACCESS_TEAM: "http://127.0.0.1:1" },
    });
    expect([answer.status, answer.body.code]).toEqual([503, "not_ready"]);
  });

  it("beside a Bearer is not looked at, whether that is right or wrong", async () => {
    const assertion = await sign({ email: "bob@example.com" });
    const withToken = (token: string) => ask(assertion, { headers: { authorization: `Bearer ${token}` } });
    expect((await withToken("test-admin-token")).body).toMatchObject({ name: "admin" });
    expect((await withToken("wrong")).status).toBe(401);
  });

  it("opens no way in for webhooks", async () => {
    const headers = { "cf-access-jwt-assertion": await sign(ada) };
    const answer = await exports.default.fetch(new Request("http://localhost/in/acme", { method: "POST", headers }));
    expect(answer.status).toBe(401);
  });

  async function unsigned(claims: Claims): Promise<string> {
    const [, payload] = (await sign(claims)).split(".");
    return `${btoa(JSON.stringify({ alg: "none", kid })).replaceAll("=", "")}.${payload}.`;
  }
});

describe("a change without a Bearer", () => {
  const origin = "https://relay.example.com";

  it.each([
    [{}, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "same-site", origin }, 403],
    [{ "sec-fetch-site": "none" }, 403],
    [{ "sec-fetch-site": "cross-site", origin }, 403],
    [{ origin: "https://elsewhere.example.com" }, 403],
    [{ origin: "null" }, 403],
    [{ origin: "http://relay.example.com" }, 403],
    [{ "sec-fetch-site": "same-origin" }, 422],
    [{ origin }, 422],
  ])("comes from the relay's own pages: %j", async (headers, status) => {
    const assertion = await sign({ email: "ada@example.com" });
    expect((await ask(assertion, { method: "POST", path: "tokens", headers })).status).toBe(status);
    expect((await ask(assertion, { headers })).status).toBe(200);
  });

  it("may come from anywhere with one", async () => {
    const headers = { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example.com" };
    expect((await call("POST", "tokens", {}, headers)).status).toBe(422);
  });
});

describe("on the dashboard", () => {
  async function open(claims: Claims) {
    const headers = { "cf-access-jwt-assertion": await sign(claims) };
    const request = new Request("https://relay.example.com/dashboard", { headers });
    const bindings = { ...env, ACCESS_TEAM: team, ACCESS_AUD: AUD };
    const response = await app.fetch(request, bindings, createExecutionContext());
    return { status: response.status, html: await response.text() };
  }

  it("somebody is at once, with a button that says what it ends", async () => {
    const { status, html } = await open({ email: "ada@example.com" });
    expect([status, html]).toEqual([200, expect.stringContaining("ada@example.com · admin")]);
    expect(html).toMatch(/<button[^>]*title="ends your session with Cloudflare Access[^"]*"[^>]*>\s*Sign out/);
  });

  it("whom nothing names can sign out, and come as somebody else", async () => {
    const { status, html } = await open({ email: "eve@elsewhere.com" });
    expect([status, html]).toEqual([403, expect.stringContaining('href="/cdn-cgi/access/logout"')]);
  });
});
