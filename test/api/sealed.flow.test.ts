import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { app } from "../../src/app.ts";
import { forgetRelay, loadRelay } from "../../src/config/load-relay.ts";
import { lookupIn } from "../../src/platform/lookup.ts";
import { SECRET } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { aWork } from "../work.ts";
import { call } from "./call.ts";
import { audited } from "./people/somebody.ts";

const NEW_KEY = "bmV3LXJlbGF5LWtleS10aGF0LWlzLTMyLWJ5dGVzISE=";

async function seal(path: string, value: string, more: object = {}): Promise<string> {
  const { status, body, text } = await call("POST", "config/seal", { path, value, ...more });
  if (status !== 200) throw new Error(text);
  return String(body.sealed);
}

/** Calls the API of a Worker with other secrets. */
async function callWith(variables: object, method: string, path: string, body?: unknown) {
  const headers = { authorization: "Bearer test-admin-token" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const request = new Request(`http://localhost/api/${path}`, init);
  const response = await app.fetch(request, { ...env, ...variables }, createExecutionContext());
  return { status: response.status, body: await response.json<Record<string, unknown>>() };
}

const source = { vendor: "generic", timezone: "UTC" };
const knock = async (key: string, id = "acme") => {
  const headers = { authorization: key };
  const request = new Request(`http://localhost/in/${id}/anything`, { method: "POST", headers, body: '{"a":1}' });
  return (await exports.default.fetch(request)).status;
};

describe("sealed values", () => {
  it("prove, sign and go along as headers, each only where it belongs", async () => {
    const sink = openSink();
    const destination = { url: sink.url, events: ["call.*"] };
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    const secret = await seal("destinations.crm.secrets.0", SECRET);
    const header = await seal("destinations.crm.headers.x-team", "blue-team-token-1", { url: sink.url });
    const config = {
      sources: { acme: { ...source, keys: [key] }, other: { ...source, keys: [key] } },
      destinations: {
        crm: { ...destination, secrets: [secret], headers: { "x-team": header } },
        other: { ...destination, secrets: [SECRET], headers: { "x-team": header } },
        unsigned: { ...destination, secrets: [secret] },
      },
    };
    const put = await call("PUT", "config", config);
    expect(put.status).toBe(200);
    const remarked = Array.isArray(put.body.warnings) ? put.body.warnings.map(({ path }) => path) : [];
    expect(remarked).toEqual(
      expect.arrayContaining([
        "sources.other.keys.0",
        "destinations.other.headers.x-team",
        "destinations.unsigned.secrets.0",
      ]),
    );
    expect(remarked).not.toContain("sources.acme.keys.0");
    expect([await knock("right-5b1d0c4e9f7a"), await knock("right-5b1d0c4e9f7a", "other"), await knock(key)]).toEqual([
      200, 401, 401,
    ]);
    expect((await call("POST", "destinations/crm/test")).body).toMatchObject({ delivered: true });
    expect((await call("POST", "destinations/other/test")).body).toMatchObject({ reason: "unresolved_header" });
    expect((await call("POST", "destinations/unsigned/test")).body).toMatchObject({ reason: "unusable_secret" });
    const [got] = await sink.waitFor(1);
    expect(got?.headers["x-team"]).toBe("blue-team-token-1");
    expect(() => new Webhook(SECRET).verify(got?.body ?? "", got?.headers ?? {})).not.toThrow();
  });

  it("of a header open no more when the URL goes elsewhere", async () => {
    const [sink, header] = [
      openSink(),
      await seal("destinations.crm.headers.x-team", "blue", { url: "http://127.0.0.1:1/" }),
    ];
    await call("PUT", "config", {
      sources: {},
      destinations: { crm: { url: sink.url, secrets: [SECRET], headers: { "x-team": header } } },
    });
    expect((await call("POST", "destinations/crm/test")).body).toMatchObject({ reason: "unresolved_header" });
    expect(await sink.received()).toEqual([]);
  });

  it("show as *** and are kept by it, and the key that proved has no value for its name", async () => {
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    await call("PUT", "config", { sources: { acme: { ...source, keys: [key] } } });
    const { text, body } = await call("GET", "config");
    expect(body).toMatchObject({ sources: { acme: { keys: ["***"] } } });
    expect(text).not.toContain("sealed:");
    expect((await call("PUT", "config", text)).status).toBe(200);
    expect(await knock("right-5b1d0c4e9f7a")).toBe(200);
    const loaded = await loadRelay(aWork());
    const names = loaded.state === "ready" ? loaded.value.sources.get("acme")?.keys.map(({ name }) => name) : [];
    expect(names).toEqual([`sealed:${key.slice("sealed:v1:".length).slice(0, 8)}`]);
    expect(loaded.state === "ready" && loaded.value.secrets.has("right-5b1d0c4e9f7a")).toBe(true);
  });

  it("are opened once for a version, not for each request", async () => {
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    await call("PUT", "config", { sources: { acme: { ...source, keys: [key] } } });
    await knock("right-5b1d0c4e9f7a");
    const decrypt = vi.spyOn(crypto.subtle, "decrypt");
    expect([await knock("right-5b1d0c4e9f7a"), await knock("wrong")]).toEqual([200, 401]);
    expect(decrypt).not.toHaveBeenCalled();
  });

  it.each([
    [{ path: "sources.acme.url", value: "x" }, 422, "body.path"],
    [{ path: "sources.acme.keys", value: " " }, 422, "body.value"],
    [{ path: "sources.acme.keys", value: "env:OTHER" }, 422, "no reference"],
    [{ path: "sources.acme.keys", value: "sealed:v1:x" }, 422, "no reference"],
    [{ path: "destinations.crm.secrets", value: "no-secret" }, 422, "whsec_"],
    [{ path: "destinations.crm.headers.x-team", value: "blue" }, 422, "give its url"],
    [{ path: "destinations.crm.headers.x-team", value: "a\nb", url: "https://crm.example.com" }, 422, "no header"],
  ])("are not made of %j", async (body, status, detail) => {
    const answer = await call("POST", "config/seal", body);
    expect([answer.status, answer.body.detail]).toEqual([status, expect.stringContaining(detail)]);
    if (body.value.length > 1) expect(answer.text).not.toContain(`"${body.value}"`);
  });

  it("are refused where the Worker has no RELAY_KEY, and open nowhere", async () => {
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    const without = { RELAY_KEY: undefined };
    const answer = await callWith(without, "POST", "config/seal", { path: "sources.acme.keys", value: "x" });
    expect([answer.status, answer.body.code]).toEqual([503, "relay_key_missing"]);
    await call("PUT", "config", { sources: { acme: { ...source, keys: [key] } } });
    forgetRelay();
    const loaded = await loadRelay(aWork({ env: { ...env, ...without } }));
    expect(loaded.state === "ready" && loaded.value.sources.get("acme")?.keys).toEqual([]);
  });

  it("that are none are a fault, with its path", async () => {
    const { status, body } = await call("PUT", "config", {
      sources: { acme: { ...source, keys: ["sealed:v1:short"] } },
    });
    expect([status, body.faults]).toEqual([422, [expect.objectContaining({ path: "sources.acme.keys.0" })]]);
  });
});

describe("a change of RELAY_KEY", () => {
  const after = { RELAY_KEY: NEW_KEY, RELAY_KEY_PREVIOUS: lookupIn(env)("RELAY_KEY") };

  it("is followed by sealing anew: what opened before opens after it, without the previous key", async () => {
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    const foreign = await seal("sources.elsewhere.keys", "another");
    await call("PUT", "config", { sources: { acme: { ...source, keys: [key, foreign] } } });
    const keysWith = async (variables: object) => {
      forgetRelay();
      const loaded = await loadRelay(aWork({ env: { ...env, ...variables } }));
      return loaded.state === "ready" ? loaded.value.sources.get("acme")?.keys.map(({ value }) => value) : undefined;
    };
    expect(await keysWith(after)).toEqual(["right-5b1d0c4e9f7a"]);
    expect(await keysWith({ RELAY_KEY: NEW_KEY })).toEqual([]);
    const first = await callWith(after, "POST", "config/rekey");
    expect(first).toMatchObject({
      status: 200,
      body: { resealed: ["sources.acme.keys.0"], unopened: ["sources.acme.keys.1"] },
    });
    expect(await keysWith({ RELAY_KEY: NEW_KEY })).toEqual(["right-5b1d0c4e9f7a"]);
    const second = await callWith(after, "POST", "config/rekey");
    expect(second.body).toEqual({ ...first.body, resealed: [] });
    expect((await audited()).map(([, action]) => action)).toEqual(["config.replaced", "config.rekeyed"]);
  });

  it("refuses without a configuration, and without a key", async () => {
    expect((await callWith(after, "POST", "config/rekey")).status).toBe(404);
    expect((await callWith({ RELAY_KEY: undefined }, "POST", "config/rekey")).body.code).toBe("relay_key_missing");
  });

  it("does not overwrite what came in between", async () => {
    const key = await seal("sources.acme.keys", "right-5b1d0c4e9f7a");
    await call("PUT", "config", { sources: { acme: { ...source, keys: [key] } } });
    const { status } = await call("POST", "config/rekey", undefined, { "if-match": '"0000000000000000"' });
    expect(status).toBe(412);
  });
});
