import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { hashText } from "../../src/config/documents/cache.ts";
import { addAgents } from "../../src/log/agents.ts";
import { addRefusedRequests } from "../../src/log/counts/refused-requests.ts";
import { recordDeletion } from "../../src/log/documents/deletions.ts";
import { requestIdAt } from "../../src/platform/request-id.ts";
import { call, configureVcc } from "./call.ts";
import { keepMap } from "./keep-map.ts";
import { record } from "./record.ts";

const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { deny: [11], note: "not trained" } } };
const nora = { userId: 41, username: "Nora_K", groupId: 3, projects: [7, 11], map };
const explain = async (body: object) => {
  const answer = await call("POST", "permissions/vcc/explain", body);
  expect(answer.status).toBe(200);
  return answer.body;
};
const aboutNora = (at: string, more: object = {}) => explain({ question: { username: "nora_k" }, at, ...more });
const refuse = (at: string, reason: string, some: object = {}) =>
  addRefusedRequests(
    env.LOG,
    [
      {
        request: `${requestIdAt(Date.parse(at))}${"0".repeat(16)}`,
        lot: "vcc",
        source: "vcc",
        kind: "project-login",
        reason,
        status: 401,
        bytes: null,
        agent: null,
        address: null,
        ...some,
      },
    ],
    Date.parse(at),
  );

beforeEach(() => configureVcc());

describe("why was nora refused at 9:02?", () => {
  beforeEach(() => keepMap(map, "2026-11-01T00:00:00Z"));

  test("tells every attempt of the 15 minutes, and explains the refused one nearest to the moment", async () => {
    await record([
      { ...nora, at: "2026-11-20T07:46:59Z" },
      { ...nora, at: "2026-11-20T07:47:00Z", projects: [11] },
      { ...nora, at: "2026-11-20T08:01:50Z", projects: [7, 11] },
      { ...nora, at: "2026-11-20T08:02:05Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:02:06Z", userId: 42, username: "ivan" },
      { ...nora, at: "2026-11-20T08:17:00Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:17:01Z" },
    ]);
    const body = await aboutNora("2026-11-20 9:02");
    const rules = { "7": "groups.3 allow" };
    expect(body.attempts).toEqual([
      {
        at: "2026-11-20T07:47:00Z",
        projects: { "11": false },
        rules: { "11": "users.41 deny" },
        granted: false,
        receipt: expect.any(String),
      },
      {
        at: "2026-11-20T08:01:50Z",
        projects: { "7": true, "11": false },
        rules: { "7": "groups.3 allow", "11": "users.41 deny" },
        granted: false,
        receipt: Object(body.asked).receipt,
        explained: true,
      },
      { at: "2026-11-20T08:02:05Z", projects: { "7": true }, rules, granted: true, receipt: expect.any(String) },
      { at: "2026-11-20T08:17:00Z", projects: { "7": true }, rules, granted: true, receipt: expect.any(String) },
    ]);
    expect(body).toMatchObject({
      text: "nora_k is refused at 2026-11-20 09:01:50 (Europe/Budapest; 08:01:50 UTC); project 11: denied by users.41 (not trained). 4 attempts within 15 minutes, this is the second: 08:47:00 (07:47:00 UTC) refused (11), 09:01:50 (08:01:50 UTC) refused (7, 11), 09:02:05 (08:02:05 UTC) granted (7), 09:17:00 (08:17:00 UTC) granted (7)",
      zone: "Europe/Budapest",
      at: "2026-11-20T08:01:50Z",
      granted: false,
      blockedBy: ["11"],
      refused: [],
      near: [],
    });
  });

  test("explains the nearest where none was refused", async () => {
    await record([
      { ...nora, at: "2026-11-20T08:00:00Z", projects: [7] },
      { ...nora, at: "2026-11-20T08:03:00Z", projects: [7] },
    ]);
    expect(await aboutNora("2026-11-20T09:02")).toMatchObject({ granted: true, at: "2026-11-20T08:03:00Z" });
  });

  test("finds an attempt that came after the moment as well as one before it", async () => {
    await record([{ ...nora, at: "2026-11-20T08:16:59Z" }]);
    expect(await aboutNora("2026-11-20T09:02")).toMatchObject({ attempts: [{ explained: true }], granted: false });
  });

  test("says so where the nearest attempt is of another time", async () => {
    await record([
      { ...nora, at: "2026-11-19T20:00:00Z" },
      { ...nora, at: "2026-11-20T08:02:37Z" },
    ]);
    const body = await aboutNora("2026-11-20 8:30");
    expect(body.attempts).toMatchObject([
      { at: "2026-11-19T20:00:00Z", outside: true },
      { at: "2026-11-20T08:02:37Z", outside: true, explained: true },
    ]);
    expect(body.text).toMatch(
      /^There is no attempt within 15 minutes of 2026-11-20 08:30 \(Europe\/Budapest; 07:30 UTC\); the one explained is of another time, 33 minutes after\. nora_k is refused at 2026-11-20 09:02:37/,
    );
    const later = await aboutNora("2026-11-21 9:00");
    expect(later.text).toContain("the one explained is of another time, 24 hours before");
  });

  test("does not answer about an attempt of another time whoever names the projects", async () => {
    await record([{ ...nora, at: "2026-11-20T08:02:37Z" }]);
    const body = await explain({ question: { username: "nora_k", projects: [7] }, at: "2026-11-20 8:30" });
    expect(body).toMatchObject({ at: "2026-11-20T07:30:00Z", attempts: [{ outside: true }] });
    expect(body).not.toHaveProperty("asked");
    expect(JSON.stringify(body.attempts)).not.toContain("explained");
  });

  test("takes the attempt that was about the projects named", async () => {
    await record([
      { ...nora, at: "2026-11-20T08:02:00Z", projects: [7, 11] },
      { ...nora, at: "2026-11-20T08:02:30Z", projects: [12] },
    ]);
    const body = await explain({ question: { username: "nora_k", projects: ["012"] }, at: "2026-11-20 9:02" });
    expect(body).toMatchObject({ at: "2026-11-20T08:02:30Z", question: { projects: ["012"], userId: "41" } });
    const none = await explain({ question: { username: "nora_k", projects: [99] }, at: "2026-11-20 9:02" });
    expect(none).toMatchObject({
      at: "2026-11-20T08:02:00Z",
      text: expect.stringContaining(
        "2 attempts within 15 minutes, none about these projects: 09:02:00 (08:02:00 UTC) refused",
      ),
    });
  });

  test("counts the requests that were refused with 401 in these minutes, by reason", async () => {
    await refuse("2026-11-20T07:46:59Z", "no_key");
    await refuse("2026-11-20T08:00:03Z", "wrong_key");
    await refuse("2026-11-20T08:01:00Z", "wrong_key", { status: 429 });
    await refuse("2026-11-20T08:09:58Z", "no_key");
    await refuse("2026-11-20T08:10:00Z", "malformed", { status: 400 });
    await refuse("2026-11-20T08:10:00Z", "wrong_key", { lot: "other" });
    const body = await aboutNora("2026-11-20 9:02");
    expect(body).toMatchObject({
      granted: false,
      projects: [],
      attempts: [],
      refused: [
        { reason: "wrong_key", count: 2, first: "2026-11-20T08:00:03Z", last: "2026-11-20T08:01:00Z" },
        { reason: "no_key", count: 1, first: "2026-11-20T08:09:58Z", last: "2026-11-20T08:09:58Z" },
      ],
    });
    expect(body.text).toContain(
      "The log has no login of nora_k within a day of 2026-11-20 09:02 (Europe/Budapest; 08:02 UTC). 3 requests of this source were refused with 401 in these minutes, from 2026-11-20 09:00:03 (Europe/Budapest; 08:00:03 UTC) to 09:09:58 (08:09:58 UTC): wrong_key 2, no_key 1",
    );
  });

  test("names whoever is like an agent whom nobody knows", async () => {
    await addAgents(
      env.LOG,
      "vcc",
      [
        { id: "41", username: "nora_k" },
        { id: "52", username: "ivan" },
      ],
      "2026-11-20",
    );
    const body = await explain({ question: { username: "nora" }, at: "2026-11-20 9:02" });
    expect(body).toMatchObject({ near: ["nora_k"] });
    expect(body.text).toContain("Neither the log nor the map knows nora; did you mean nora_k?");
    const known = await explain({ question: { username: " NORA_K" }, at: "2026-11-20 9:02" });
    expect(known).toMatchObject({ near: [], text: expect.not.stringContaining("did you mean") });
    const inMap = await explain({ question: { userId: "041" }, at: "2026-11-20 9:02" });
    expect(inMap).toMatchObject({ near: [] });
    const now = await call("POST", "permissions/vcc/explain", { question: { username: "nora" } });
    expect(now).toMatchObject({
      status: 422,
      body: { code: "invalid_question", near: ["nora_k"], detail: expect.stringMatching(/^Name the projects\. /) },
    });
  });

  test("names those, too, whose logins were looked at", async () => {
    await record([{ ...nora, at: "2026-11-19T20:00:00Z" }]);
    expect(await explain({ question: { username: "nora" }, at: "2026-11-20 9:02" })).toMatchObject({
      near: ["nora_k"],
      attempts: [],
    });
  });

  test("finds a login that told only the id of an agent who is known by both", async () => {
    await addAgents(env.LOG, "vcc", [{ id: "41", username: "nora_k" }], "2026-11-20");
    await record([{ ...nora, username: "", at: "2026-11-20T08:02:37Z" }]);
    expect(await aboutNora("2026-11-20 9:02")).toMatchObject({
      question: { userId: "41" },
      asked: { at: "2026-11-20T08:02:37Z" },
    });
  });

  test("of a guard that only watched says what the vendor was told", async () => {
    const login = { mode: "shadow", answered: { "7": true, "11": true } } as const;
    await record([{ ...nora, at: "2026-11-20T08:02:37Z", login }]);
    expect(await aboutNora("2026-11-20 9:02")).toMatchObject({
      attempts: [{ mode: "shadow", answered: { "7": true, "11": true }, granted: false }],
      text: expect.stringContaining("The guard only watched: the vendor was told 7 yes, 11 yes"),
    });
  });
});

describe("the version of the map that decided", () => {
  const at = "2026-11-20T08:02:37Z";
  const other = { groups: { "3": { allow: [7] } } };
  const decided = async (by: object) => ({
    ...nora,
    at,
    map: by,
    login: { mapVersion: await hashText(JSON.stringify(by)) },
  });

  test("is the newest of those with its hash that is not younger than the decision", async () => {
    await keepMap(map, "2026-11-01T00:00:00Z");
    await keepMap(other, "2026-11-02T00:00:00Z");
    await keepMap(map, "2026-11-03T00:00:00Z");
    await keepMap(other, "2026-11-21T00:00:00Z");
    await keepMap(map, "2026-11-22T00:00:00Z");
    await record([await decided(map)]);
    const body = await aboutNora(at);
    expect(body).toMatchObject({ map: { version: 3, since: "2026-11-03T00:00:00Z" }, blockedBy: ["11"] });
    expect(body).not.toHaveProperty("newer");
  });

  test("is the old one where a newer had been made and had not arrived, which is said", async () => {
    await keepMap(map, "2026-11-01T00:00:00Z");
    await keepMap({ default: { allow: "*" } }, "2026-11-20T08:02:00Z");
    await record([await decided(map)]);
    expect(await aboutNora(at)).toMatchObject({
      granted: false,
      map: { version: 1 },
      newer: { version: 2, since: "2026-11-20T08:02:00Z" },
      text: expect.stringContaining(
        "Version 2 of the map, of 2026-11-20 09:02 (Europe/Budapest; 08:02 UTC), had been made and had not arrived there yet",
      ),
    });
  });

  test("is none where no map was there, even if one had been made", async () => {
    const rules = { "7": "no_map", "11": "no_map" };
    await keepMap(map, "2026-11-20T08:02:00Z");
    await record([{ ...nora, at, map: {}, login: { rules } }]);
    const body = await aboutNora(at);
    expect(body).toMatchObject({
      granted: false,
      newer: { version: 1 },
      text: expect.stringContaining(
        "nora_k is refused at 2026-11-20 09:02:37 (Europe/Budapest; 08:02:37 UTC): no map was there",
      ),
    });
    expect(body).not.toHaveProperty("map");
  });

  test("does not matter where no map could be read: the source decided", async () => {
    const login = {
      granted: true,
      projects: { "7": true, "11": true },
      rules: { "7": "store_unreadable", "11": "store_unreadable" },
    };
    await keepMap(map, "2026-11-01T00:00:00Z");
    await record([{ ...nora, at, login }]);
    expect(await aboutNora(at)).toMatchObject({
      granted: true,
      projects: [{ project: "7", rule: "store_unreadable" }, { text: expect.stringContaining("onStoreError") }],
    });
  });

  test("is the one that was asked for, whatever decided", async () => {
    await keepMap(map, "2026-11-01T00:00:00Z");
    await keepMap(other, "2026-11-02T00:00:00Z");
    await record([await decided(map)]);
    expect(await aboutNora(at, { version: 2 })).toMatchObject({
      map: { version: 2 },
      projects: [{}, { rule: "none" }],
    });
  });

  test("is that of the time where the log has no attempt, or none yet", async () => {
    await keepMap(map, "2026-11-10T00:00:00Z");
    await recordDeletion(
      env.LOG,
      "permissions/vcc",
      { hash: "e3b0c44298fc1c14", at: Date.parse("2026-11-15T00:00:00Z"), body: "{}" },
      await hashText(JSON.stringify(map)),
    );
    const question = { username: "nora_k", projects: [7] };
    const textAt = async (moment: string) => (await explain({ question, at: moment })).text;
    expect(await textAt("2026-11-01")).toContain(
      "there was no map yet; version 1 is of 2026-11-10 01:00 (Europe/Budapest; 00:00 UTC)",
    );
    expect(await textAt("2026-11-16")).toContain(
      "there is no map: it was deleted at 2026-11-15 01:00 (Europe/Budapest; 00:00 UTC)",
    );
  });
});
