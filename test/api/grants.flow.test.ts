import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { askLogin, call, configureVcc } from "./call.ts";
import { keepMap } from "./keep-map.ts";
import { record } from "./record.ts";

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const map = {
  default: { deny: [99], note: "closed" },
  groups: { "3": { allow: [7, 11] }, "4": { deny: [21], note: "pilot" } },
  users: { "41": { allow: [7] }, "52": [{ deny: [21], note: "not trained" }] },
  usernames: { nora_k: { deny: [13], note: "left the team" } },
};
const grant = (body: object) => call("POST", "permissions/vcc/grants", body);
const read = async () => (await call("GET", "permissions/vcc")).body;
const answer = (userId: number, projectId: number) =>
  askLogin({ projectId, userId, username: "nora_k", groupId: 3, secondaryProjectIds: [] });

beforeEach(async () => {
  await configureVcc();
  await call("PUT", "permissions/vcc", map);
});

describe("a grant", () => {
  test("appends one rule, changes no other, and is in force", async () => {
    const until = inHours(8);
    const { status, body, etag } = await grant({ users: 41, allow: [21], until, note: "helps out" });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^grant_[0-9A-Z]{26}$/),
      withoutEffect: [],
      inForce: { usuallyBy: expect.any(String) },
    });
    expect(etag).toBe(`"${body.version}"`);
    expect(Date.parse(String(body.until))).toBe(Date.parse(until));
    const rule = { allow: [21], until: body.until, note: "helps out", grant: body.id };
    expect(await read()).toEqual({ ...map, users: { ...map.users, "41": [{ allow: [7] }, rule] } });
    expect(await answer(41, 21)).toEqual({ "21": true });
  });

  test("stands beside the rules of an agent in another spelling, of one who had none, and of a group", async () => {
    await grant({ users: "041", allow: ["21"], until: inHours(1) });
    await grant({ usernames: "Ivan", deny: [7], until: inHours(1) });
    await grant({ groups: 9, allow: [7], until: inHours(1) });
    const { users, usernames, groups } = await read();
    expect(Object.keys(Object(users))).toEqual(["41", "52"]);
    expect(Object(users)["41"]).toMatchObject([{ allow: [7] }, { allow: ["21"] }]);
    expect(Object(usernames)).toMatchObject({ nora_k: map.usernames.nora_k, Ivan: { deny: [7] } });
    expect(Object(groups)).toMatchObject({ ...map.groups, "9": { allow: [7] } });
  });

  test.each(["constructor", "toString", "__proto__", "hasOwnProperty"])(
    "is made for an agent who is called %s",
    async (name) => {
      for (const section of ["usernames", "users", "groups"]) {
        expect((await grant({ [section]: name, allow: [8], until: inHours(1) })).status).toBe(
          name === "__proto__" ? 422 : 200,
        );
      }
    },
  );

  test("is refused where a name stands twice: which agent is meant, nobody knows", async () => {
    const body = `{"users":"77","users":"41","allow":[8],"until":"${inHours(1)}"}`;
    expect(await call("POST", "permissions/vcc/grants", body)).toMatchObject({
      status: 422,
      body: { detail: "body.users: this name stands twice" },
    });
  });

  test("makes a map where there is none", async () => {
    await env.LOG.prepare("DELETE FROM document").run();
    await env.PERMISSIONS.delete("vcc");
    expect((await grant({ users: 41, allow: [7], until: inHours(1) })).status).toBe(200);
    expect(await read()).toMatchObject({ users: { "41": { allow: [7] } } });
  });

  test("can be taken back, and nothing else can", async () => {
    const { body } = await grant({ users: 41, allow: [21], until: inHours(1) });
    const other = await grant({ users: 41, allow: [22], until: inHours(1) });
    const before = await read();
    for (const id of ["41", "grant_", "grant_01ARZ3NDEKTSV4RRFFQ69G5FAV", "default"]) {
      expect((await call("DELETE", `permissions/vcc/grants/${id}`)).status).toBe(404);
    }
    expect(await read()).toEqual(before);
    expect((await call("DELETE", `permissions/vcc/grants/${body.id}`)).status).toBe(200);
    expect(Object(await read()).users["41"]).toMatchObject([{ allow: [7] }, { allow: [22], grant: other.body.id }]);
    expect((await call("DELETE", `permissions/vcc/grants/${body.id}`)).status).toBe(404);
    await call("DELETE", `permissions/vcc/grants/${other.body.id}`);
    expect(await read()).toEqual(map);
    expect(await answer(41, 21)).toEqual({ "21": false });
  });

  test("does not make a rule of it that somebody named like one", async () => {
    await call("PUT", "permissions/vcc/users/41", { allow: [7], grant: "mine", until: "2026-01-01" });
    expect((await call("DELETE", "permissions/vcc/grants/mine")).status).toBe(404);
    await grant({ users: 52, allow: [7], until: inHours(1) });
    expect(Object(await read()).users["41"]).toEqual({ allow: [7], grant: "mine", until: "2026-01-01" });
  });

  test("of many at one time all are kept", async () => {
    const made = await Promise.all(
      [21, 22, 23].map((project) => grant({ users: 41, allow: [project], until: inHours(1) })),
    );
    expect(made.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(Object(await read()).users["41"]).toHaveLength(4);
  });

  test("is refused where the map is not the one that If-Match names", async () => {
    const lost = await call(
      "POST",
      "permissions/vcc/grants",
      { users: 41, allow: [7], until: inHours(1) },
      { "if-match": '"0000000000000000"' },
    );
    expect(lost.status).toBe(412);
  });
});

describe("a grant without effect", () => {
  test("names the rule that denies it, and the project", async () => {
    const { body } = await grant({ users: 52, allow: [7, 21, 99], until: inHours(1) });
    expect(body.withoutEffect).toEqual([
      { project: "21", owner: "users.52", position: 1, note: "not trained", text: "users.52, rule 1: denies it" },
      { project: "99", owner: "default", position: 1, note: "closed", text: "default, rule 1: denies it" },
    ]);
  });

  test("is known by the last login of the agent: by their group, and by their name", async () => {
    await record([
      {
        at: new Date(Date.now() - HOUR_MS).toISOString(),
        userId: 60,
        username: "nora_k",
        groupId: 4,
        projects: [7],
        map,
      },
    ]);
    const { body } = await grant({ users: 60, allow: [7, 13, 21], until: inHours(1) });
    expect(body.withoutEffect).toMatchObject([
      { project: "13", owner: "usernames.nora_k", note: "left the team" },
      { project: "21", owner: "groups.4", note: "pilot" },
    ]);
  });

  test("is no deny", async () => {
    const { body } = await grant({ groups: 3, deny: [99], until: inHours(1) });
    expect(body.withoutEffect).toEqual([]);
  });
});

describe("a grant that is over", () => {
  const over = { allow: [21], until: "2026-01-01T00:00:00Z", grant: "grant_01ARZ3NDEKTSV4RRFFQ69G5FAV" };
  const withOver = { ...map, users: { ...map.users, "41": [{ allow: [7] }, over], "60": over } };

  test.each([
    ["of the whole map", () => call("PUT", "permissions/vcc", withOver), map],
    [
      "of one agent",
      () => call("PUT", "permissions/vcc/users/70", { allow: [7] }),
      { ...map, users: { ...map.users, "70": { allow: [7] } } },
    ],
    ["to an older version", () => call("POST", "permissions/vcc/rollback", { version: 2 }), map],
  ])("leaves the map at the next write: %s", async (_, write, left) => {
    await keepMap(withOver, new Date().toISOString());
    expect((await write()).status).toBe(200);
    expect(await read()).toEqual(left);
  });

  test("stays where nothing is over, and the document keeps its bytes", async () => {
    const lasting = { ...over, until: inHours(1) };
    const text = `{"users":  {"41": ${JSON.stringify(lasting)}}}`;
    await call("PUT", "permissions/vcc?confirm=1", text);
    expect((await call("GET", "permissions/vcc")).text).toBe(text);
  });

  test("is not counted among the rules that a map drops", async () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [String(100 + n), over]));
    await keepMap({ ...map, users: { ...map.users, ...many } }, new Date().toISOString());
    const same = { ...map, users: { ...map.users, ...many } };
    expect((await call("PUT", "permissions/vcc", same)).status).toBe(200);
    expect(await read()).toEqual(map);
  });
});

describe("the end of a grant", () => {
  const untilOf = async (until: string) => {
    const { status, body } = await grant({ users: 41, allow: [21], until });
    return status === 200 ? Date.parse(String(body.until)) - Date.now() : status;
  };

  test("is a day away at most, and to come", async () => {
    expect(await untilOf(inHours(24))).toBeGreaterThan(23.9 * HOUR_MS);
    expect(await untilOf(inHours(24.01))).toBe(422);
    expect(await untilOf(inHours(-0.01))).toBe(422);
    expect(await untilOf("soon")).toBe(422);
    expect(await untilOf("yesterday 9:02")).toBe(422);
  });

  test("is the next 9:02 where only a time of day is named", async () => {
    const left = await untilOf("9:02");
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(24 * HOUR_MS);
  });

  test("that is refused says why", async () => {
    const { body } = await grant({ users: 41, allow: [21], until: inHours(25) });
    expect(body.detail).toBe(
      "body.until: a grant ends within 24 hours; for longer, somebody with the role admin edits the map.",
    );
  });
});

test.each([
  ["nobody", { allow: [7] }],
  ["two at once", { users: 41, groups: 3, allow: [7] }],
  ["nothing", { users: 41 }],
  ["both", { users: 41, allow: [7], deny: [11] }],
  ["no project", { users: 41, allow: [] }],
  ["all projects", { users: 41, allow: "*" }],
  ["all projects in a list", { users: 41, allow: ["*"] }],
  ["no agent", { users: "", allow: [7] }],
  ["something else", { users: 41, allow: [7], hours: {} }],
])("a grant to %s is refused, and leaves the map alone", async (_, body) => {
  expect((await grant({ until: inHours(1), ...body })).status).toBe(422);
  expect(await read()).toEqual(map);
});

test("a fault elsewhere in the map does not keep a grant from being made or taken back", async () => {
  const faulty = { users: { "41": { allow: [7], until: "soon" } } };
  await env.PERMISSIONS.put("vcc", JSON.stringify(faulty));
  const { status, body } = await grant({ users: 41, allow: [21], until: inHours(1) });
  expect(status).toBe(200);
  expect(await answer(41, 21)).toEqual({ "21": true });
  expect((await call("DELETE", `permissions/vcc/grants/${body.id}`)).status).toBe(200);
  expect(await read()).toEqual(faulty);
});
