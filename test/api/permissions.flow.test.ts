import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { askLogin, call, configureVcc } from "./call.ts";

const map = '{ "users": { "41": { "allow": [7] } },\n  "groups": { "3": { "allow": [7, 11] } } }';
const nora = { projectId: 7, userId: 41, username: "nora_k", groupId: 9, secondaryProjectIds: [11] };

beforeEach(() => configureVcc());

describe("reading and replacing a map", () => {
  test("it comes back byte for byte, its version as the ETag, and is stored nowhere on the way", async () => {
    const put = await call("PUT", "permissions/vcc", map);
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      version: await hashText(map),
      inForce: { everywhere: expect.stringContaining("30 s"), usuallyBy: expect.stringMatching(/Z$/) },
      warnings: [],
    });
    const got = await call("GET", "permissions/vcc");
    expect([got.status, got.text, got.etag]).toEqual([200, map, `"${await hashText(map)}"`]);
    expect(got.headers.get("cache-control")).toBe("no-store");
    expect(await env.PERMISSIONS.get("vcc")).toBe(map);
  });

  test("it is in force at once where it was written", async () => {
    expect(await askLogin(nora)).toEqual({ "7": false, "11": false });
    await call("PUT", "permissions/vcc", map);
    expect(await askLogin(nora)).toEqual({ "7": true, "11": false });
  });

  test("a source that is not configured has none, nor has one where none was put", async () => {
    expect(await call("GET", "permissions/acme")).toMatchObject({ status: 404, body: { code: "not_found" } });
    expect(await call("PUT", "permissions/acme", map)).toMatchObject({ status: 404 });
    expect(await call("GET", "permissions/vcc")).toMatchObject({ status: 404 });
  });

  test("each fault of one that is not valid is told with its path, and nothing changes", async () => {
    await call("PUT", "permissions/vcc", map);
    const bad = { users: { "41": { allow: [7], hours: { start: "25:00" } } }, teams: {} };
    const refused = await call("PUT", "permissions/vcc", bad);
    expect(refused).toMatchObject({
      status: 422,
      body: {
        code: "invalid_request",
        detail: expect.stringContaining("users.41.hours.start: not a time of day"),
        faults: [{ path: "users.41.hours.start", message: expect.any(String) }, { path: "teams" }],
      },
    });
    expect((await call("GET", "permissions/vcc")).text).toBe(map);
    expect((await call("PUT", "permissions/vcc", "{")).body).toMatchObject({ code: "malformed_body" });
  });

  test("what is remarkable about one is told, but kept from nothing", async () => {
    const odd = { default: { allow: [7], from: "2026-02-01", until: "2026-01-01" }, users: { "41": { allow: [7] } } };
    expect((await call("PUT", "permissions/vcc", odd)).body.warnings).toEqual([
      { path: "default", code: "never_applies", message: "never applies: it ends before it begins" },
    ]);
  });

  test("one of a hundred thousand agents is taken", async () => {
    const users = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, n) => [String(n), { allow: [7, n % 50], note: `agent ${n}` }]),
    );
    const large = JSON.stringify({ users });
    expect(large.length).toBeGreaterThan(4_000_000);
    expect((await call("PUT", "permissions/vcc", large)).status).toBe(200);
    expect(await askLogin(nora)).toEqual({ "7": true, "11": false });
    expect((await call("GET", "permissions/vcc")).text).toBe(large);
  }, 120_000);
});

describe("If-Match", () => {
  test("lets a change through that was made from the map in force, and no other", async () => {
    const first = (await call("PUT", "permissions/vcc", map)).etag ?? "";
    const changed = JSON.stringify({ users: { "42": { allow: [7] } } });
    const second = await call("PUT", "permissions/vcc", changed, { "if-match": first });
    expect(second.status).toBe(200);
    const lost = await call("PUT", "permissions/vcc", map, { "if-match": first });
    expect(lost).toMatchObject({ status: 412, body: { code: "precondition_failed" } });
    expect((await call("GET", "permissions/vcc")).text).toBe(changed);
    expect((await call("PUT", "permissions/vcc", map, { "if-match": `W/${second.etag}` })).status).toBe(200);
  });

  test("holds for a map that was put into KV by hand meanwhile", async () => {
    const { etag } = await call("PUT", "permissions/vcc", map);
    await env.PERMISSIONS.put("vcc", JSON.stringify({ users: { "43": { allow: [7] } } }));
    expect((await call("PUT", "permissions/vcc", map, { "if-match": etag ?? "" })).status).toBe(412);
  });

  test("is never met where there is no map", async () => {
    expect((await call("PUT", "permissions/vcc", map, { "if-match": "*" })).status).toBe(412);
  });

  test("of two changes at one time lets one through", async () => {
    const { etag } = await call("PUT", "permissions/vcc", map);
    const answers = await Promise.all(
      ["51", "52"].map((id) =>
        call("PUT", "permissions/vcc", { users: { [id]: { allow: [7] } } }, { "if-match": etag ?? "" }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await call("GET", "permissions/vcc")).etag).toBe(winner?.etag);
  });
});

describe("a dangerous map", () => {
  const few = { users: { "41": { allow: [7] } } };
  const many = { users: Object.fromEntries(Array.from({ length: 12 }, (_, n) => [n, { allow: [7] }])) };

  test.each([
    ["that locks out everybody", "locks_out_everybody", {}],
    ["whose allows are all over", "locks_out_everybody", { default: { allow: "*", until: "2026-01-01" } }],
    ["that denies everybody everything", "locks_out_everybody", { default: [{ allow: [7] }, { deny: "*" }] }],
    ["that opens everything", "opens_everything", { default: { allow: "*" } }],
    ["that drops more than half of many rules", "drops_rules", { users: { "41": { allow: [7] } } }],
  ])("%s has to be confirmed", async (_, code, document) => {
    const before = code === "drops_rules" ? many : few;
    await call("PUT", "permissions/vcc", before);
    const refused = await call("PUT", "permissions/vcc", document);
    expect(refused).toMatchObject({ status: 409, body: { code: "confirmation_needed", reasons: [{ code }] } });
    expect((await call("GET", "permissions/vcc")).body).toEqual(before);
    expect((await call("PUT", "permissions/vcc?confirm=1", document)).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).toEqual(document);
    expect((await call("PUT", "permissions/vcc", { ...document, $schema: "x" })).status).toBe(200);
  });

  test.each([
    ["everything but to one agent", { default: { allow: "*" }, users: { "41": { deny: "*" } } }],
    ["everything but the pilot", { default: { allow: "*", except: [99] } }],
  ])("is none that leaves %s", async (_, document) => {
    await call("PUT", "permissions/vcc", few);
    expect((await call("PUT", "permissions/vcc", document)).status).toBe(200);
  });

  test("is none that keeps half of the rules", async () => {
    await call("PUT", "permissions/vcc", many);
    const half = { users: Object.fromEntries(Object.entries(many.users).slice(6)) };
    expect((await call("PUT", "permissions/vcc", half)).status).toBe(200);
  });
});

describe("the rules of one agent or group", () => {
  test("are set and removed; all else stays as it was written", async () => {
    await call("PUT", "permissions/vcc", map);
    expect((await call("PUT", "permissions/vcc/users/42", { allow: [7], note: "new" })).status).toBe(200);
    expect((await call("PUT", "permissions/vcc/groups/3", [{ allow: [21] }, { deny: [22] }])).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).toEqual({
      users: { "41": { allow: [7] }, "42": { allow: [7], note: "new" } },
      groups: { "3": [{ allow: [21] }, { deny: [22] }] },
    });
    expect((await call("DELETE", "permissions/vcc/users/41")).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).not.toHaveProperty("users.41");
    expect((await call("DELETE", "permissions/vcc/users/41")).status).toBe(404);
  });

  test("are the same in any case of a user name", async () => {
    await call("PUT", "permissions/vcc", { usernames: { Nora_K: { allow: [7] }, ivan: { allow: [7] } } });
    await call("PUT", "permissions/vcc/usernames/nora_k", { deny: [7] });
    expect((await call("GET", "permissions/vcc")).body).toEqual({
      usernames: { ivan: { allow: [7] }, nora_k: { deny: [7] } },
    });
    await call("DELETE", "permissions/vcc/usernames/NORA_K");
    expect((await call("GET", "permissions/vcc")).body).toEqual({ usernames: { ivan: { allow: [7] } } });
  });

  test("begin the map where there is none, and need no confirmation", async () => {
    expect((await call("PUT", "permissions/vcc/usernames/nora%20k%40x", { allow: [7] })).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).toEqual({ usernames: { "nora k@x": { allow: [7] } } });
    const removed = await call("DELETE", "permissions/vcc/usernames/nora k@x");
    expect(removed.body.warnings).toEqual([
      { path: "", code: "locks_out_everybody", message: "nobody can log in to any project" },
    ]);
  });

  test("are refused with the path of each fault", async () => {
    const refused = await call("PUT", "permissions/vcc/users/41", [{ allow: [7] }, { allow: [7], from: "soon" }]);
    expect(refused).toMatchObject({ status: 422, body: { faults: [{ path: "1.from" }] } });
  });

  test("of agents that are edited at one time are all kept", async () => {
    await call("PUT", "permissions/vcc", map);
    const edits = ["51", "52", "53"].map((id) => call("PUT", `permissions/vcc/users/${id}`, { allow: [7] }));
    expect((await Promise.all(edits)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body } = await call("GET", "permissions/vcc");
    expect(Object.keys(Object(body.users))).toEqual(["41", "51", "52", "53"]);
    expect(JSON.parse((await env.PERMISSIONS.get("vcc")) ?? "")).toEqual(body);
  });

  test("are not changed against If-Match", async () => {
    await call("PUT", "permissions/vcc", map);
    const stale = { "if-match": '"0000000000000000"' };
    expect((await call("PUT", "permissions/vcc/users/42", { allow: [7] }, stale)).status).toBe(412);
    expect((await call("DELETE", "permissions/vcc/users/41", undefined, stale)).status).toBe(412);
  });

  test("have no other parts", async () => {
    expect((await call("PUT", "permissions/vcc/teams/41", { allow: [7] })).status).toBe(404);
    expect((await call("POST", "permissions/vcc/users/41", { allow: [7] })).status).toBe(405);
  });
});

describe("versions", () => {
  const other = JSON.stringify({ users: { "41": { allow: [11] } } });

  test("are kept, whoever wrote them, and each can be read by number or hash", async () => {
    await call("PUT", "permissions/vcc", map);
    await env.PERMISSIONS.put("vcc", other);
    await call("GET", "permissions/vcc");
    const { items } = (await call("GET", "permissions/vcc/versions")).body;
    expect(items).toEqual([
      { version: 2, hash: await hashText(other), who: "kv", at: expect.any(String), newest: true },
      { version: 1, hash: await hashText(map), who: "admin", at: expect.any(String), newest: false },
    ]);
    expect((await call("GET", "permissions/vcc/versions/1")).text).toBe(map);
    expect((await call("GET", `permissions/vcc/versions/${await hashText(other)}`)).text).toBe(other);
    expect((await call("GET", "permissions/vcc/versions/3")).status).toBe(404);
    expect((await call("GET", "permissions/vcc/versions/latest")).status).toBe(422);
  });

  test("the same map again is no new version", async () => {
    await call("PUT", "permissions/vcc", map);
    await call("PUT", "permissions/vcc", map);
    expect((await call("GET", "permissions/vcc/versions")).body.items).toHaveLength(1);
  });

  test("an older one comes into force again by a rollback", async () => {
    await call("PUT", "permissions/vcc", map);
    await call("PUT", "permissions/vcc", other);
    expect(await askLogin(nora)).toEqual({ "7": false, "11": true });
    expect((await call("POST", "permissions/vcc/rollback", { version: 1 })).body.version).toBe(await hashText(map));
    expect(await askLogin(nora)).toEqual({ "7": true, "11": false });
    expect((await call("GET", "permissions/vcc/versions")).body.items).toMatchObject([
      { version: 3, hash: await hashText(map) },
      { version: 2 },
      { version: 1 },
    ]);
    expect((await call("POST", "permissions/vcc/rollback", { version: 9 })).status).toBe(404);
  });
});

describe("a map in KV that is not valid", () => {
  beforeEach(async () => {
    await call("PUT", "permissions/vcc", map);
    await env.PERMISSIONS.put("vcc", '{"users":{"41":{"allow":7}}}');
    forgetPermissions();
  });

  test("is passed over: the last good one is shown, and replaced", async () => {
    expect((await call("GET", "permissions/vcc")).text).toBe(map);
    expect((await call("PUT", "permissions/vcc", map)).status).toBe(200);
    expect(await env.PERMISSIONS.get("vcc")).toBe(map);
  });

  test("is named by the status and by /health, until a valid one stands there", async () => {
    expect((await call("GET", "permissions/vcc/status")).body).toMatchObject({
      version: { version: 1 },
      faults: [{ path: "users.41.allow" }],
    });
    expect(await health()).toEqual([503, { ok: false, broken: ["permissions_invalid"] }]);
    await call("PUT", "permissions/vcc", map);
    expect(await health()).toEqual([200, { ok: true }]);
  });
});

describe("a map that is faulty", () => {
  const twice = '{"default":{"allow":[7,11]},"users":{"41":{"deny":"*"},"41":{"allow":[11]}}}';
  const noTime = { default: { allow: [7, 11] }, groups: { "9": { deny: [11], until: "soon" } } };

  test.each([
    ["a name twice", twice, "users.41"],
    ["a name twice in a rule", '{"users":{"41":{"deny":[7],"deny":[8]}}}', "users.41.deny"],
    ["a time that is none", JSON.stringify(noTime), "groups.9.until"],
    ["a zone that nobody knows", '{"default":{"allow":[7],"hours":{"tz":"Mars/Olympus"}}}', "default.hours.tz"],
    ["* in a list", '{"default":{"allow":[7]},"users":{"41":{"deny":["*"]}}}', "users.41.deny.0"],
  ])("is refused with its path by whatever puts it: %s", async (_, text, path) => {
    const faults = [{ path }];
    expect(await call("PUT", "permissions/vcc?confirm=1", text)).toMatchObject({ status: 422, body: { faults } });
    const dryRun = await call("POST", "permissions/vcc/dry-run", `{"days":1,"map":${text}}`);
    expect(dryRun).toMatchObject({ status: 422, body: { faults } });
    await env.PERMISSIONS.put("vcc", text);
    await call("GET", "permissions/vcc");
    await call("PUT", "permissions/vcc?confirm=1", map);
    const rollback = await call("POST", "permissions/vcc/rollback", { version: await hashText(text) });
    expect(rollback).toMatchObject({ status: 422, body: { faults } });
  });

  test("is in force when it was put into KV by hand; status and /health say what is wrong", async () => {
    await env.PERMISSIONS.put("vcc", twice);
    expect(await askLogin(nora)).toEqual({ "7": false, "11": false });
    expect(await askLogin({ ...nora, userId: 42 })).toEqual({ "7": true, "11": true });
    expect((await call("GET", "permissions/vcc/status")).body).toMatchObject({
      version: { who: "kv" },
      faults: [],
      faulty: [{ path: "users.41", message: expect.stringContaining("twice") }],
    });
    expect(await health()).toEqual([200, { ok: true, warnings: ["permissions_faulty"] }]);
  });

  test("may be edited, agent by agent, and keeps what it denies", async () => {
    await env.PERMISSIONS.put("vcc", twice);
    expect((await call("PUT", "permissions/vcc/users/43", { deny: "*" })).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).toEqual({
      default: { allow: [7, 11] },
      users: { "41": [{ deny: "*" }, { allow: [11] }], "43": { deny: "*" } },
    });
    await env.PERMISSIONS.put("vcc", JSON.stringify(noTime));
    expect((await call("PUT", "permissions/vcc/users/43", { deny: "*" })).status).toBe(200);
    expect(await askLogin({ ...nora, userId: 43 })).toEqual({ "7": false, "11": false });
    expect(await askLogin(nora)).toEqual({ "7": true, "11": false });
    const added = await call("PUT", "permissions/vcc/users/43", { deny: "*", from: "later" });
    expect(added).toMatchObject({ status: 422, body: { faults: [{ path: "from" }] } });
  });
});

describe("an id or a name in another spelling", () => {
  test("is the same agent to whoever edits", async () => {
    await call("PUT", "permissions/vcc", {
      users: { " 041": { allow: [7] } },
      usernames: { "NO\u0301RA ": { allow: [7] } },
    });
    expect((await call("PUT", "permissions/vcc/users/41", { deny: [7] })).status).toBe(200);
    expect((await call("DELETE", "permissions/vcc/usernames/n%C3%B3ra")).status).toBe(200);
    expect((await call("GET", "permissions/vcc")).body).toEqual({ users: { "41": { deny: [7] } }, usernames: {} });
  });

  test("is the same project to whoever asks which ones no rule names", async () => {
    await call("PUT", "permissions/vcc", { users: { "41": { allow: ["007", " 11"] } } });
    expect(await askLogin({ ...nora, secondaryProjectIds: ["0011", 12] })).toEqual({
      "7": true,
      "0011": true,
      "12": false,
    });
    await vi.waitFor(
      async () => {
        const { unknownProjects } = (await call("GET", "permissions/vcc/status")).body;
        expect(unknownProjects).toMatchObject([{ project: "12" }]);
      },
      { timeout: 60_000, interval: 50 },
    );
  });
});

async function health(): Promise<unknown[]> {
  const response = await exports.default.fetch(new Request("http://localhost/health"));
  return [response.status, await response.json()];
}
