import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { addAgents } from "../../src/log/agents.ts";
import { call, configureVcc } from "./call.ts";
import { keepMap } from "./keep-map.ts";
import { record } from "./record.ts";

const map = {
  groups: { "3": { allow: [7, 11] } },
  users: { "41": { deny: [11], note: "not trained" } },
};
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

beforeEach(async () => {
  await configureVcc();
  await keepMap(map, "2026-11-01T00:00:00Z");
});

describe("GET /api/permissions", () => {
  test("lists the sources that ask, with the newest version of the map of each", async () => {
    const vcc = { vendor: "vcc-live", keys: ["k"], timezone: "Europe/Budapest" };
    const sources = {
      vcc,
      other: { ...vcc, guard: { mode: "shadow" } },
      ucontact: { vendor: "ucontact", keys: ["k"] },
    };
    await env.CONFIG.put("relay", JSON.stringify({ sources }));
    forgetRelay();
    await call("PUT", "permissions/vcc/users/42", { allow: [7] });
    expect((await call("GET", "permissions")).body.items).toEqual([
      {
        source: "vcc",
        vendor: "vcc-live",
        zone: "Europe/Budapest",
        mode: "enforce",
        version: { version: 2, hash: expect.any(String), who: "admin", since: expect.any(String) },
      },
      { source: "other", vendor: "vcc-live", zone: "Europe/Budapest", mode: "shadow" },
    ]);
  });
});

describe("GET /api/permissions/:source/versions/:version/changes", () => {
  const changesOf = async (version: number | string) =>
    (await call("GET", `permissions/vcc/versions/${version}/changes`)).body;

  test("tells what a version changed of the one before, whose it is, and when", async () => {
    await call("PUT", "permissions/vcc/users/42", { allow: [7] });
    const second = await changesOf(2);
    expect(second).toEqual({
      version: 2,
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      who: "admin",
      at: expect.any(String),
      difference: { text: "1 grant added", owners: 1, changes: [{ owner: "users.42", after: "allow 7" }] },
    });
    expect(await changesOf(String(second.hash))).toEqual(second);
    expect(await changesOf(1)).toMatchObject({
      who: "kv",
      difference: { text: "2 grants added, 1 denial added", owners: 2 },
    });
  });

  test("tells nothing of a version whose predecessor is not kept any more, and 404 of none", async () => {
    await call("PUT", "permissions/vcc/users/42", { allow: [7] });
    await env.LOG.prepare("DELETE FROM document WHERE name = 'permissions/vcc' AND version = 1").run();
    expect(await changesOf(2)).not.toHaveProperty("difference");
    for (const version of [1, 9]) {
      expect((await call("GET", `permissions/vcc/versions/${version}/changes`)).status).toBe(404);
    }
  });
});

describe("GET /api/permissions/:source/matrix", () => {
  test("tells who may what at a moment, and by which rule", async () => {
    const { body } = await call("GET", "permissions/vcc/matrix?at=2026-11-20%209:00&agent=41");
    expect(body).toEqual({
      at: "2026-11-20T08:00:00Z",
      projects: ["7", "11", "*"],
      moreProjects: 0,
      rows: [
        {
          owner: "users.41",
          cells: [{ project: "11", granted: false, owner: "users.41", position: 1, note: "not trained" }],
        },
      ],
      moreRows: 0,
    });
    const { body: cut } = await call("GET", "permissions/vcc/matrix?limit=1");
    expect(cut).toMatchObject({ rows: [{ owner: "default" }], moreRows: 2 });
  });

  test("refuses a moment that is none, and a source that there is not", async () => {
    expect((await call("GET", "permissions/vcc/matrix?at=soon")).status).toBe(422);
    expect((await call("GET", "permissions/nobody/matrix")).status).toBe(404);
  });
});

describe("GET /api/permissions/:source/grants", () => {
  test("tells what is in force for a while, what ends first at first", async () => {
    const until = inAnHour();
    await call("POST", "permissions/vcc/grants", { users: 41, allow: [21], until, note: "helps out" });
    await call("POST", "permissions/vcc/grants", {
      groups: 3,
      deny: [7],
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    const { body } = await call("GET", "permissions/vcc/grants");
    expect(body).toEqual({
      items: [
        { id: expect.any(String), owner: "groups.3", deny: ["7"], made: expect.any(String), until: expect.any(String) },
        {
          id: expect.stringMatching(/^grant_/),
          owner: "users.41",
          allow: ["21"],
          made: expect.any(String),
          until: expect.any(String),
          note: "helps out",
        },
      ],
      more: 0,
    });
  });

  test("leaves out what is over, and what somebody only called a grant", async () => {
    const grant = "grant_01KAGZ5M7Q8R9S0T1V2W3X4Y5Z";
    const rules = [
      { allow: [1], until: "2026-11-02", grant },
      { allow: [2], until: inAnHour(), grant: "mine" },
      { allow: [3], until: inAnHour(), grant: "grant_no-ulid" },
    ];
    await keepMap({ users: { "41": rules } }, "2026-11-01T00:00:00Z");
    expect((await call("GET", "permissions/vcc/grants")).body).toEqual({ items: [], more: 0 });
  });
});

describe("POST /api/permissions/:source/check", () => {
  const check = async (text: string) => (await call("POST", "permissions/vcc/check", text)).body;

  test("tells every fault with its place, as one reads", async () => {
    const text = '{\n  "users": {\n    "41": { "until": "soon" },\n    "42": { "denny": [7] }\n  }\n}';
    expect(await check(text)).toEqual({
      state: "invalid",
      faults: [
        { path: "users.41.until", message: expect.stringContaining("not an ISO time"), line: 3, column: 13 },
        { path: "users.42.denny", message: "no such member", near: "deny", line: 4, column: 13 },
      ],
      remarks: [],
      dangers: [],
    });
    expect(await check('{ "users": ')).toMatchObject({ state: "invalid", faults: [{ path: "", line: 1 }] });
    expect(await check("")).toMatchObject({ state: "invalid", faults: [{ message: "not JSON: it is empty" }] });
  });

  test("tells what would differ from the map in force, what is remarkable, and what dangerous; and changes nothing", async () => {
    const text = JSON.stringify({ ...map, users: { "41": { deny: [11] }, "42": { allow: [7], until: "2026-11-02" } } });
    expect(await check(text)).toMatchObject({
      state: "valid",
      remarks: [{ path: "users.42", code: "is_over", line: 1 }],
      dangers: [],
      difference: {
        text: "1 grant added, 1 owner with other times or notes",
        owners: 2,
        changes: [
          { owner: "users.41", before: "deny 11 (not trained)", after: "deny 11" },
          { owner: "users.42", after: "allow 7; until 2026-11-02" },
        ],
      },
    });
    expect(await check('{"default":{"deny":"*"}}')).toMatchObject({ dangers: [{ code: "locks_out_everybody" }] });
    expect((await call("GET", "permissions/vcc")).body).toEqual(map);
  });
});

describe("GET /api/agents", () => {
  test("tells who asked lately, by name, and those whose name or id begins so", async () => {
    const agents = [
      { id: "41", username: "nora_k" },
      { id: "42", username: "ivan" },
      { id: "43", username: "" },
    ];
    await addAgents(env.LOG, "vcc", agents, "2026-11-20");
    await addAgents(env.LOG, "gone", [{ id: "9", username: "nobody" }], "2026-11-20");
    const names = async (query = "") => {
      const { items } = (await call("GET", `agents${query}`)).body;
      return Object.values(Object(items)).map((one) => Object(one).username ?? Object(one).id);
    };
    expect(await names()).toEqual(["43", "ivan", "nora_k"]);
    expect(await names("?beginning=NO")).toEqual(["nora_k"]);
    expect(await names("?beginning=4")).toEqual(["43", "ivan", "nora_k"]);
    expect(await names("?source=gone")).toEqual(["nobody"]);
    expect((await call("GET", "agents")).body).toMatchObject({
      items: [{ source: "vcc", id: "43", seen: "2026-11-20" }, {}, {}],
      more: false,
    });
  });
});

describe("an explanation", () => {
  const nora = { userId: 41, username: "nora_k", groupId: 3, projects: [7, 11], map };
  const explain = async (body: object) => (await call("POST", "permissions/vcc/explain", body)).body;

  test("tells what would be with projects that are supposed: a deny still wins", async () => {
    const question = { userId: "41", projects: ["21"] };
    expect(await explain({ question })).toMatchObject({ granted: false });
    expect(await explain({ question, suppose: [21] })).toMatchObject({
      granted: true,
      text: expect.stringMatching(/^As if agent 41 were allowed 21 besides\. agent 41 is let in/),
      projects: [{ rule: "users.41 allow", considered: [{ reason: "other_project" }, { note: "only supposed" }] }],
    });
    expect(await explain({ question: { userId: "41", projects: ["11"] }, suppose: ["11"] })).toMatchObject({
      granted: false,
      projects: [{ text: "denied by users.41 (not trained)" }],
    });
    expect(await explain({ question: { username: "Ivan", projects: ["7"] }, suppose: ["7"] })).toMatchObject({
      granted: true,
      projects: [{ rule: "usernames.ivan allow" }],
    });
    expect((await call("GET", "permissions/vcc")).body).toEqual(map);
  });

  test("tells of a login that was asked what would have been", async () => {
    await record([{ ...nora, at: "2026-11-20T08:02:00Z" }]);
    const about = { question: { username: "nora_k" }, at: "2026-11-20 9:02" };
    expect(await explain(about)).toMatchObject({ blockedBy: ["11"], attempts: [{ rules: { "11": "users.41 deny" } }] });
    expect(await explain({ ...about, suppose: ["11"] })).toMatchObject({ blockedBy: ["11"] });
  });
});
