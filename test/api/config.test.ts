import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { hashText } from "../../src/config/document.ts";
import { forgetRelay } from "../../src/config/load.ts";
import { askLogin, call } from "./call.ts";

const secret = "whsec_aG9va3N3aXRjaC1kZW1vLXNpbmstc2VjcmV0LTMyYg==";
const config = {
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["vcc-key", "env:VCC_KEY", "vcc-older-key"],
      encryption: [{ cipher: "aes-256-ctr", key: "cipher-key-0123456789", iv: "query:iv" }],
    },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/hooks",
      secrets: [secret],
      headers: { "x-team": "env:TEAM", "x-token": "a-bare-token" },
    },
  },
};
const shown = {
  sources: {
    vcc: {
      vendor: "vcc-live",
      keys: ["***", "env:VCC_KEY", "***"],
      encryption: [{ cipher: "aes-256-ctr", key: "***", iv: "query:iv" }],
    },
  },
  destinations: {
    crm: {
      url: "https://crm.example.com/hooks",
      secrets: ["***"],
      headers: { "x-team": "env:TEAM", "x-token": "***" },
    },
  },
};
const nora = { projectId: 7, userId: 41, username: "nora_k" };

const inKv = async () => JSON.parse((await env.CONFIG.get("relay")) ?? "");

beforeEach(() => forgetRelay());

describe("the configuration", () => {
  test("is not there before one was put", async () => {
    expect(await call("GET", "config")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  test("is in force at once where it was written, and tells what is remarkable about it", async () => {
    const put = await call("PUT", "config", config);
    expect(put.status).toBe(200);
    expect(put.body.warnings).toContainEqual({
      path: "sources.vcc.keys.0",
      message: expect.stringContaining("env:NAME"),
    });
    expect(put.body.warnings).toContainEqual({
      path: "sources.vcc.keys.1",
      message: expect.stringContaining("env:VCC_KEY is not set"),
    });
    expect(await askLogin(nora)).toEqual({ "7": false });
  });

  test("shows no secret, and keeps what was written under its version", async () => {
    const text = JSON.stringify(config);
    await call("PUT", "config", text);
    const got = await call("GET", "config");
    expect(got.body).toEqual(shown);
    expect(got.etag).toBe(`"${await hashText(text)}"`);
    expect(got.headers.get("cache-control")).toBe("no-store");
    expect(await env.CONFIG.get("relay")).toBe(text);
    expect((await call("GET", "config/versions/1")).body).toEqual(shown);
  });

  test("without a secret comes back byte for byte", async () => {
    const text = '{"sources": {\n"vcc": {"vendor": "vcc-live", "keys": ["env:VCC_KEY"]}}}';
    await call("PUT", "config", text);
    expect((await call("GET", "config")).text).toBe(text);
  });

  test("that is not valid is refused with the path of each fault", async () => {
    const bad = { sources: { a: { vendor: "acme", keys: ["k"] }, b: { vendor: "voiso", keys: [] } } };
    const refused = await call("PUT", "config", bad);
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toMatchObject([{ path: "sources.a.vendor" }, { path: "sources.b.keys" }]);
    expect(refused.text).not.toContain('"k"');
    expect(await env.CONFIG.get("relay")).toBeNull();
  });

  test("is not changed against If-Match", async () => {
    const { etag } = await call("PUT", "config", config);
    const next = { ...config, destinations: {} };
    expect((await call("PUT", "config", next, { "if-match": etag ?? "" })).status).toBe(200);
    expect(await call("PUT", "config", config, { "if-match": etag ?? "" })).toMatchObject({
      status: 412,
      body: { code: "precondition_failed" },
    });
    expect(await inKv()).toEqual(next);
  });

  test("comes back by a rollback, with its secrets", async () => {
    await call("PUT", "config", config);
    await call("PUT", "config", { sources: {} });
    expect((await call("POST", "config/rollback", { version: 1 })).status).toBe(200);
    expect(await inKv()).toEqual(config);
    expect((await call("GET", "config/versions")).body.items).toMatchObject([
      { version: 3 },
      { version: 2 },
      { version: 1 },
    ]);
  });
});

describe("***", () => {
  beforeEach(() => call("PUT", "config", config));

  test("keeps every secret", async () => {
    expect((await call("PUT", "config", shown)).status).toBe(200);
    expect(await inKv()).toEqual(config);
  });

  test("keeps the others when one is replaced", async () => {
    const edited = structuredClone(shown);
    edited.destinations.crm.headers["x-token"] = "env:TOKEN";
    edited.sources.vcc.keys = ["env:NEW_KEY", "***", "***"];
    await call("PUT", "config", edited);
    const expected = structuredClone(config);
    expected.destinations.crm.headers["x-token"] = "env:TOKEN";
    expected.sources.vcc.keys = ["env:NEW_KEY", "vcc-key", "vcc-older-key"];
    expect(await inKv()).toEqual(expected);
  });

  test.each([
    ["it is not clear which one it is", ["***"], "it is not clear which of the 2"],
    ["there is one too many", ["***", "***", "***"], "it is not clear which of the 2"],
  ])("is refused where %s", async (_, keys, message) => {
    const edited = structuredClone(shown);
    edited.sources.vcc.keys = keys;
    const refused = await call("PUT", "config", edited);
    expect(refused.status).toBe(422);
    expect(refused.body.faults).toContainEqual({
      path: "sources.vcc.keys.0",
      message: expect.stringContaining(message),
    });
    expect(await inKv()).toEqual(config);
  });

  test("is refused where no secret is kept", async () => {
    const { vcc } = shown.sources;
    const refused = await call("PUT", "config", {
      ...shown,
      sources: { vcc, other: { vendor: "voiso", keys: ["***"] } },
    });
    expect(refused.body.faults).toEqual([
      { path: "sources.other.keys.0", message: "*** stands for a secret that is kept, and here none is" },
    ]);
  });
});
