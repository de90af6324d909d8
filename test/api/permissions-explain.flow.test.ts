import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { DELETION, hashText } from "../../src/config/documents/cache.ts";
import { recordDeletion } from "../../src/log/documents/deletions.ts";
import { keepDocument } from "../../src/log/documents/last-good.ts";
import { askLogin, call, configureVcc } from "./call.ts";
import { record } from "./record.ts";

const map = {
  default: { allow: [1] },
  groups: {
    "3": [
      { allow: [7, 11], hours: { days: ["mon"], start: "08:00", end: "12:00" } },
      { allow: "*", except: [11] },
    ],
  },
  users: {
    "41": [
      { allow: [12], from: "2026-12-01", note: "help before Christmas" },
      { allow: [13], until: "2026-11-01T12:00" },
      { deny: [14], note: "not trained" },
    ],
  },
};
const question = { userId: 41, username: "nora_k", groupId: 3, projects: [7, 11, 12, 13, 14, 1] };
const friday = "2026-11-20T09:02:00Z";
const explain = (body: object) => call("POST", "permissions/vcc/explain", body);

beforeEach(() => configureVcc());

describe("an explanation", () => {
  test("says for every project which rule decided, and why each other one did not", async () => {
    await call("PUT", "permissions/vcc", map);
    const future = await explain({ question, at: "2027-11-20T09:02:00Z" });
    expect(future.status).toBe(200);
    const { body } = await explain({ question, at: friday, version: 1 });
    expect(body).toMatchObject({
      text: "nora_k is refused at 2026-11-20 10:02 (Europe/Budapest; 09:02 UTC); project 11: no rule allows it now: groups.3 applies only mon 08:00-12:00 (Europe/Budapest); project 14: denied by users.41 (not trained)",
      question: { projects: ["7", "11", "12", "13", "14", "1"], userId: "41", username: "nora_k", groupId: "3" },
      at: friday,
      granted: false,
      blockedBy: ["11", "14"],
      map: { version: 1, hash: await hashText(JSON.stringify(map)), who: "admin" },
    });
    const told = (project: string) =>
      Object(body)
        .projects.find((one: { project: string }) => one.project === project)
        .considered.map((one: { owner: string; position: number; reason: string }) => [
          `${one.owner} ${one.position}`,
          one.reason,
        ]);
    expect(told("7")).toEqual([
      ["users.41 1", "other_project"],
      ["users.41 2", "other_project"],
      ["users.41 3", "other_project"],
      ["groups.3 1", "outside_hours"],
      ["groups.3 2", "allows"],
      ["default 1", "other_project"],
    ]);
    expect(told("11")).toContainEqual(["groups.3 2", "excepted"]);
    expect(told("12")).toContainEqual(["users.41 1", "not_yet"]);
    expect(told("13")).toContainEqual(["users.41 2", "no_longer"]);
    expect(told("14")).toEqual(
      expect.arrayContaining([
        ["users.41 3", "denies"],
        ["groups.3 2", "overruled"],
      ]),
    );
    expect(told("1")).toContainEqual(["default 1", "allows"]);
    expect(JSON.stringify(body)).toContain(
      "does not begin until 2026-12-01 00:00 (Europe/Budapest; 2026-11-30 23:00 UTC)",
    );
    expect(JSON.stringify(body)).toContain("ended at 2026-11-01 12:00 (Europe/Budapest; 11:00 UTC)");
  });

  test("is about now and the map in force unless a moment is named", async () => {
    await call("PUT", "permissions/vcc", { users: { "41": { allow: [7] } } });
    const { body } = await explain({ question: { userId: 41, projects: [7] } });
    expect(body).toMatchObject({ granted: true, blockedBy: [], map: { version: 1 } });
    expect(Math.abs(Date.parse(String(body.at)) - Date.now())).toBeLessThan(10_000);
    expect(body).not.toHaveProperty("asked");
  });

  test("takes the vendor's own body for a question, too", async () => {
    await call("PUT", "permissions/vcc", { users: { "41": { allow: [7] } } });
    const { body } = await explain({ question: { projectId: 7, userId: 41, secondaryProjectIds: [11] } });
    expect(body).toMatchObject({ granted: false, blockedBy: ["11"], projects: [{ text: "granted by users.41" }, {}] });
  });

  test("takes a body of the vendor's that names one project only, as the door does", async () => {
    await call("PUT", "permissions/vcc", { users: { "41": { allow: [7] } } });
    const { body } = await explain({ question: { projectId: 99, userId: 41 } });
    expect(body).toMatchObject({ granted: false, blockedBy: ["99"], projects: [{ project: "99" }] });
  });

  test("takes the version that was in force at a past moment", async () => {
    const name = "permissions/vcc";
    const versions = [
      ["2026-11-01T00:00:00Z", { users: { "41": { allow: [7] } } }],
      ["2026-11-10T00:00:00Z", { users: { "41": { deny: [7], note: "on leave" } } }],
    ] as const;
    for (const [at, version] of versions) {
      const body = JSON.stringify(version);
      await keepDocument(env.LOG, name, { hash: await hashText(body), at: Date.parse(at), body }, "kv");
      await env.PERMISSIONS.put("vcc", body);
    }
    const asked = { userId: 41, projects: [7] };
    expect((await explain({ question: asked, at: "2026-11-09" })).body).toMatchObject({
      granted: true,
      map: { version: 1, who: "kv", since: "2026-11-01T00:00:00Z", ageSeconds: 8 * 86_400 - 3600 },
    });
    expect((await explain({ question: asked, at: "2026-11-11T08:00" })).body).toMatchObject({
      granted: false,
      projects: [{ text: "denied by users.41 (on leave)" }],
      map: { version: 2 },
    });
    expect((await explain({ question: asked, at: "2026-10-01" })).body).toMatchObject({
      granted: false,
      text: "agent 41 is refused at 2026-10-01 00:00 (Europe/Budapest; 2026-09-30 22:00 UTC): there was no map yet; version 1 is of 2026-11-01 01:00 (Europe/Budapest; 00:00 UTC)",
    });
    expect((await explain({ question: asked, version: 7 })).status).toBe(404);
  });

  test("answers why somebody was refused at 9:02 from the log, without knowing the projects", async () => {
    const old = { groups: { "3": { allow: [7] } } };
    const hash = await hashText(JSON.stringify(old));
    await call("PUT", "permissions/vcc", old);
    await call("PUT", "permissions/vcc", { groups: { "3": { allow: [7, 11] } } });
    const nora = { userId: 41, username: "Nora_K", groupId: 3, projects: [7, 11], map: old };
    await record([
      { ...nora, at: "2026-11-19T08:00:00Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:02:37Z", login: { mapVersion: hash, mapAgeSeconds: 4 } },
      { ...nora, at: "2026-11-20T08:02:40Z", userId: 42, username: "ivan" },
      { ...nora, at: "2026-11-20T10:00:00Z", map: { default: { allow: "*" } } },
    ]);
    const { body } = await explain({ question: { username: "nora_k" }, at: "2026-11-20T09:02" });
    expect(body).toMatchObject({
      text: "nora_k is refused at 2026-11-20 09:02:37 (Europe/Budapest; 08:02:37 UTC); project 11: no rule of this agent allows it",
      question: { projects: ["7", "11"], userId: "41", username: "nora_k", groupId: "3" },
      blockedBy: ["11"],
      map: { hash, version: 1 },
      asked: {
        at: "2026-11-20T08:02:37Z",
        granted: false,
        projects: { "7": true, "11": false },
        rules: { "7": "groups.3 allow", "11": "none" },
        mapVersion: hash,
        mapAgeSeconds: 4,
      },
    });
  });

  test("finds a login that was just answered", async () => {
    await call("PUT", "permissions/vcc", { users: { "41": { allow: [7] } } });
    await askLogin({ projectId: 7, userId: 41, username: "nora_k", groupId: 3, secondaryProjectIds: [11] });
    const body = await vi.waitUntil(
      async () => {
        const answer = await explain({ question: { userId: 41 } });
        return answer.status === 200 ? answer.body : false;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(body).toMatchObject({ blockedBy: ["11"], asked: { rules: { "7": "users.41 allow", "11": "none" } } });
  });

  test.each([
    ["an agent in a list", '{"question":{"projectId":7,"userId":[41],"secondaryProjectIds":[]}}', "userId"],
    ["an agent twice", '{"question":{"projectId":7,"userId":42,"userId":41,"secondaryProjectIds":[]}}', "userId"],
    ["an id with a point", '{"question":{"projectId":7,"userId":41.0,"secondaryProjectIds":[]}}', "userId"],
    [
      "a project that is none",
      '{"question":{"projectId":7,"userId":41,"secondaryProjectIds":[null]}}',
      "secondaryProjectIds",
    ],
  ])("of a question that cannot be read says what of it could not be: %s", async (_, body, member) => {
    await call("PUT", "permissions/vcc", { default: { allow: "*" }, users: { "1": { deny: [1] } } });
    expect((await call("POST", "permissions/vcc/explain", body)).body).toMatchObject({
      question: { projects: ["7"], unreadable: [member] },
      granted: false,
      projects: [
        {
          project: "7",
          rule: "unreadable",
          text: expect.stringContaining(`could not be read (${member})`),
          considered: [],
        },
      ],
    });
  });

  test("of a login that was asked so tells it by the log", async () => {
    await call("PUT", "permissions/vcc", { default: { allow: "*" }, users: { "1": { deny: [1] } } });
    await askLogin({ projectId: 7, userId: [41], username: "NO\u0301RA", secondaryProjectIds: [11] });
    const body = await vi.waitUntil(
      async () => {
        const answer = await explain({ question: { username: "nóra" } });
        return answer.status === 200 ? answer.body : false;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(body).toMatchObject({
      granted: false,
      blockedBy: ["7", "11"],
      question: { unreadable: ["userId"] },
      asked: { unreadable: ["userId"], rules: { "7": "unreadable", "11": "unreadable" } },
    });
  });

  test("finds a login by ids in another spelling, and says when a rule's time cannot be read", async () => {
    const faulty = { default: { allow: [7] }, users: { "41": { allow: [11], deny: [12], from: "soon" } } };
    await env.PERMISSIONS.put("vcc", JSON.stringify(faulty));
    await askLogin({ projectId: "07", userId: "0041", secondaryProjectIds: [11, 12] });
    const body = await vi.waitUntil(
      async () => {
        const answer = await explain({ question: { userId: " 41" } });
        return answer.status === 200 ? answer.body : false;
      },
      { timeout: 60_000, interval: 100 },
    );
    expect(body).toMatchObject({
      projects: [
        {
          project: "11",
          rule: "none",
          text: "no rule allows it now: users.41 allows nothing, because its time cannot be read",
        },
        { project: "12", rule: "users.41 deny" },
        { project: "07", rule: "default allow" },
      ],
    });
  });

  test("after the map was deleted says that there is none", async () => {
    const name = "permissions/vcc";
    const body = JSON.stringify({ default: { allow: [7] } });
    const at = Date.parse("2026-11-01T00:00:00Z");
    await keepDocument(env.LOG, name, { hash: await hashText(body), at, body }, "kv");
    const deletion = { hash: DELETION, at: Date.parse("2026-11-10T00:00:00Z"), body: "{}" };
    await recordDeletion(env.LOG, name, deletion, await hashText(body));
    const asked = { userId: 41, projects: [7] };
    expect((await explain({ question: asked, at: "2026-11-09" })).body).toMatchObject({ granted: true });
    const after = (await explain({ question: asked, at: "2026-11-11" })).body;
    expect(after).toMatchObject({ granted: false, text: expect.stringContaining("there is no map") });
    expect(after).not.toHaveProperty("map");
    expect((await call("GET", "permissions/vcc")).status).toBe(404);
  });

  test.each([
    ["no agent", { question: { projects: [7] } }, "invalid_question"],
    ["no projects, and none in the log", { question: { userId: 41 } }, "invalid_question"],
    ["a moment that is none", { question: { userId: 41, projects: [7] }, at: "soon" }, "invalid_request"],
    ["no question", {}, "invalid_request"],
  ])("is refused for %s", async (_, body, code) => {
    await call("PUT", "permissions/vcc", map);
    expect(await explain(body)).toMatchObject({ status: 422, body: { code } });
  });
});
