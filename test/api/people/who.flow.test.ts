import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../../src/app.ts";
import { resumeDestination } from "../../../src/delivery/retries/resume.ts";
import { aDeed } from "../../deed.ts";
import { silentGates } from "../../delivery/consume-all.ts";
import { failingLog } from "../../delivery/faulty-log.ts";
import { configure } from "../../delivery/scene.ts";
import { call, configureVcc } from "../call.ts";
import { keepEvents } from "../keep-events.ts";
import { audited, callAs, makeToken } from "./somebody.ts";

let token = "";

beforeEach(async () => {
  token = (await makeToken("admin", { name: "Ada" })).token;
});

const ask = (method: string, path: string, body?: unknown) => callAs(token, method, path, body);
/** What Ada did, after her token was made. */
const done = async () => (await audited()).slice(1);
const lastEntry = async () => {
  const { items } = (await call("GET", "audit?limit=1")).body;
  return Array.isArray(items) ? items[0] : undefined;
};

/** Calls the API with bindings that may be faulty. */
async function askWith(variables: object, method: string, path: string, body?: unknown) {
  const headers = { authorization: "Bearer test-admin-token" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const request = new Request(`http://localhost/api/${path}`, init);
  const response = await app.fetch(request, { ...env, ...variables }, createExecutionContext());
  return { status: response.status, body: await response.json<Record<string, unknown>>() };
}

describe("who changes the configuration", () => {
  it("stands in its versions and in the audit, with what was and what is", async () => {
    const config = (region: string) => ({ sources: { acme: { vendor: "generic", keys: ["env:KEY"], region } } });
    const first = (await ask("PUT", "config", config("HU"))).etag?.replaceAll('"', "");
    const second = (await ask("PUT", "config", config("US"))).etag?.replaceAll('"', "");
    await ask("PUT", "config", config("US"));
    await ask("POST", "config/rollback", { version: 1 });
    expect((await call("GET", "config/versions")).body.items).toMatchObject([
      { who: "Ada" },
      { who: "Ada" },
      { who: "Ada" },
    ]);
    expect(await done()).toEqual([
      ["Ada", "config.replaced", "relay"],
      ["Ada", "config.replaced", "relay"],
      ["Ada", "config.rolled_back", "relay"],
    ]);
    expect(await lastEntry()).toMatchObject({ role: "admin", before: second, after: first });
  });

  it("changes nothing that cannot be audited", async () => {
    const config = JSON.stringify({ sources: {} });
    const headers = { authorization: "Bearer test-admin-token" };
    const request = new Request("http://localhost/api/config", { method: "PUT", headers, body: config });
    const LOG = failingLog("INSERT INTO audit ");
    expect((await app.fetch(request, { ...env, LOG }, createExecutionContext())).status).toBe(503);
    expect([await env.CONFIG.get("relay"), (await call("GET", "config/versions")).body.items]).toEqual([null, []]);
  });

  it("is told to have taken it back where KV did not take it", { timeout: 60_000 }, async () => {
    const CONFIG = new Proxy(env.CONFIG, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (name === "put") return () => Promise.reject(new Error("429"));
        return typeof member === "function" ? member.bind(target) : member;
      },
    });
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({ sources: {} });
    const request = new Request("http://localhost/api/config", { method: "PUT", headers, body });
    expect((await app.fetch(request, { ...env, CONFIG }, createExecutionContext())).status).toBe(503);
    expect(await done()).toEqual([
      ["Ada", "config.replaced", "relay"],
      ["Ada", "document.taken_back", "relay"],
    ]);
  });

  it("is one of twenty at once: each has a version, an entry, and the hash of the one before", async () => {
    const maps = Array.from({ length: 20 }, (_, at) => ({ users: { [String(at)]: { allow: [at] } } }));
    await configureVcc();
    const answers = await Promise.all(maps.map((map) => ask("PUT", "permissions/vcc?confirm=1", map)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const { items: versions } = (await call("GET", "permissions/vcc/versions")).body;
    const { items } = (await call("GET", "audit?limit=200&what=permissions/vcc")).body;
    const [hashes, entries] = [Array.isArray(versions) ? versions : [], Array.isArray(items) ? items : []];
    expect(entries.map(({ after }) => after)).toEqual(hashes.map(({ hash }) => hash));
    expect(entries.map(({ before }) => before)).toEqual([...hashes.slice(1).map(({ hash }) => hash), null]);
    expect((await call("GET", "audit/verify")).body).toMatchObject({ ok: true, entries: 21 });
  });
});

describe("who changes a map", () => {
  it("is told with the part that was meant", async () => {
    await configureVcc();
    await ask("PUT", "permissions/vcc", { default: { allow: [7] } });
    await ask("PUT", "permissions/vcc/users/41", { allow: [7] });
    await ask("DELETE", "permissions/vcc/users/41");
    await ask("POST", "permissions/vcc/rollback", { version: 1 });
    expect(await done()).toEqual([
      ["Ada", "permissions.replaced", "permissions/vcc"],
      ["Ada", "permissions.rules_set", "permissions/vcc/users/41"],
      ["Ada", "permissions.rules_removed", "permissions/vcc/users/41"],
      ["Ada", "permissions.rolled_back", "permissions/vcc"],
    ]);
    const { items } = (await call("GET", "audit?what=permissions/vcc/users*&who=Ada")).body;
    expect(items).toHaveLength(2);
  });
});

describe("who grants for a while", () => {
  it("is told with their note, and taking it back, too", async () => {
    await configureVcc();
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await ask("POST", "permissions/vcc/grants", { users: "41", allow: [7], until, note: "stands in" });
    expect(await lastEntry()).toMatchObject({ action: "permissions.granted", reason: "stands in" });
    await ask("DELETE", `permissions/vcc/grants/${body.id}`);
    expect(await done()).toEqual([
      ["Ada", "permissions.granted", "permissions/vcc/users/41"],
      ["Ada", "permissions.grant_ended", `permissions/vcc/grants/${body.id}`],
    ]);
  });
});

describe("who pauses a destination", () => {
  beforeEach(() => configure({ crm: { url: "https://crm.example.com/" } }));

  it("is named by it, until it is resumed", async () => {
    expect((await ask("POST", "destinations/crm/pause")).body).toMatchObject({
      paused: { reason: "operator", who: "Ada" },
    });
    expect((await call("POST", "destinations/crm/pause")).body).toMatchObject({ paused: { who: "Ada" } });
    expect((await ask("POST", "destinations/crm/resume")).body).toMatchObject({ paused: null });
    expect(await done()).toEqual([
      ["Ada", "destination.paused", "destinations/crm"],
      ["Ada", "destination.resumed", "destinations/crm"],
    ]);
  });

  it("has paused it although nothing can be audited, and cannot resume it then", async () => {
    const LOG = failingLog("INSERT INTO audit ");
    expect((await askWith({ LOG }, "POST", "destinations/crm/pause")).body).toMatchObject({ paused: { who: "admin" } });
    expect((await askWith({ LOG }, "POST", "destinations/crm/resume")).status).toBe(503);
    expect((await call("GET", "destinations/crm")).body).toMatchObject({ paused: { who: "admin" } });
    expect(await done()).toEqual([]);
  });

  it("has paused it by its gate alone where the log takes nothing", async () => {
    const LOG = failingLog("INSERT INTO");
    const { status, body } = await askWith({ LOG }, "POST", "destinations/crm/pause");
    expect([status, body.code]).toEqual([503, "log_unreadable"]);
    expect((await call("GET", "destinations/crm")).body).toMatchObject({ paused: { reason: "operator" } });
    await resumeDestination(env, "crm", aDeed, Date.now());
    const silent = await askWith({ LOG, GATE: silentGates() }, "POST", "destinations/crm/pause");
    expect([silent.status, silent.body.code]).toEqual([503, "not_ready"]);
  });
});

describe("who replays", () => {
  it("is told with the reason and what was chosen; a dry run is not", async () => {
    await configure({ crm: { url: "https://crm.example.com/" } });
    const [one] = await keepEvents({ deliveries: { crm: "dead" } });
    const filter = { state: "dead", destination: "crm" };
    const dry = (await ask("POST", "replays", { filter, dryRun: true })).body;
    expect(await done()).toEqual([]);
    await ask("POST", `replays/${dry.id}/cancel`);
    const { body } = await ask("POST", "replays", { filter, reason: "it was down" });
    expect(await lastEntry()).toMatchObject({
      who: "Ada",
      action: "events.replayed",
      what: `replays/${body.id}`,
      reason: "it was down",
    });
    await ask("POST", `events/${one?.event.id}/replay`, { reason: "once more" });
    expect(await lastEntry()).toMatchObject({
      action: "event.replayed",
      what: `events/${one?.event.id}`,
      reason: "once more",
    });
    const { deliveries } = (await call("GET", `events/${one?.event.id}`)).body;
    expect(deliveries).toMatchObject([{ run: 0 }, { run: 1, who: "Ada" }, { run: 2, who: "Ada" }]);
    const started = (
      await ask("POST", "replays", { filter: { destination: "crm" }, dryRun: true, reason: "all of it" })
    ).body;
    await ask("POST", `replays/${started.id}/start`);
    expect(await lastEntry()).toMatchObject({ action: "replay.started", reason: "all of it" });
    expect((await done()).map(([, action, what]) => [action, what])).toEqual([
      ["replay.cancelled", `replays/${dry.id}`],
      ["events.replayed", `replays/${body.id}`],
      ["event.replayed", `events/${one?.event.id}`],
      ["persons.seen", "api"],
      ["replay.started", `replays/${started.id}`],
    ]);
  });

  it("replays nothing that cannot be audited", async () => {
    await configure({ crm: { url: "https://crm.example.com/" } });
    const [one] = await keepEvents({ deliveries: { crm: "dead" } });
    const LOG = failingLog("INSERT INTO audit ");
    expect((await askWith({ LOG }, "POST", `events/${one?.event.id}/replay`)).status).toBe(503);
    const all = await askWith({ LOG }, "POST", "replays", { filter: {} });
    expect(all.status).toBe(503);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM delivery WHERE run > 0").first("n")).toBe(0);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM replay").first("n")).toBe(0);
  });
});

describe("GET /api/audit/verify", () => {
  it("tells that nothing is broken, or where", async () => {
    const { body } = await call("GET", "audit/verify");
    expect(body).toEqual({ ok: true, entries: 1, head: expect.stringMatching(/^[0-9a-f]{64}$/), next: null });
    await makeToken("viewer");
    expect((await call("GET", `audit/verify?head=${body.head}`)).body).toMatchObject({
      ok: true,
      entries: 2,
      found: 1,
    });
    await env.LOG.prepare("UPDATE audit SET role = 'viewer' WHERE seq = 2").run();
    expect((await call("GET", "audit/verify")).body).toMatchObject({ ok: false, firstBroken: 2, why: "changed" });
    expect((await call("GET", "audit/verify?head=x")).status).toBe(422);
  });
});
