import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { addAgents } from "../../src/log/agents.ts";
import { deflate } from "../../src/platform/deflate.ts";
import { askLogin, call, configureVcc } from "./call.ts";
import { keepMap } from "./keep-map.ts";
import { record } from "./record.ts";

const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { deny: [11], note: "not trained" } } };
const nora = { userId: 41, username: "Nora_K", groupId: 3, projects: [7, 11], map };
const ivan = { ...nora, userId: 52, username: "ivan" };
const list = async (query: string) => {
  const { status, body } = await call("GET", `logins?${query}`);
  expect(status).toBe(200);
  return body;
};
const timesOf = (body: Record<string, unknown>) => Object(body.items).map(({ at }: { at: string }) => at.slice(11, 19));

beforeEach(() => configureVcc());

describe("GET /api/logins", () => {
  beforeEach(() =>
    record([
      { ...nora, at: "2026-11-20T08:02:37Z", login: { mapVersion: "9b74c9897bac770f", mapAgeSeconds: 4, ms: 3 } },
      { ...nora, at: "2026-11-20T08:02:51Z", projects: [7] },
      { ...ivan, at: "2026-11-20T09:00:00Z", projects: [11, 7] },
      { ...ivan, at: "2026-11-21T09:00:00Z", login: { mode: "shadow", answered: { "7": false, "11": false } } },
    ]),
  );

  it("tells decisions, newest first, with what decided", async () => {
    const body = await list("");
    expect(timesOf(body)).toEqual(["09:00:00", "09:00:00", "08:02:51", "08:02:37"]);
    expect(body.next).toBeNull();
    expect(Object(body.items)[3]).toEqual({
      receipt: expect.stringMatching(/^rcpt_/),
      at: "2026-11-20T08:02:37Z",
      source: "vcc",
      zone: "Europe/Budapest",
      agent: { id: "41", username: "Nora_K", groupId: "3" },
      projects: { "7": true, "11": false },
      granted: false,
      rule: "users.41 deny",
      mapVersion: "9b74c9897bac770f",
      mapAgeSeconds: 4,
      ms: 3,
    });
    expect(body.items).toMatchObject([
      { mode: "shadow", answered: { "7": false, "11": false }, granted: true },
      { rule: "groups.3 allow" },
      { rule: "groups.3 allow" },
      {},
    ]);
  });

  it.each([
    ["agent=nora_k", ["08:02:51", "08:02:37"]],
    ["agent=%20NORA_K", ["08:02:51", "08:02:37"]],
    ["agent=041", ["08:02:51", "08:02:37"]],
    ["agent=nora", []],
    ["agent=41&granted=false", ["08:02:37"]],
    ["agent=41&granted=true", ["08:02:51"]],
    ["source=vcc&since=2026-11-20T09:02:40&until=2026-11-20T11:00", ["09:00:00", "08:02:51"]],
    ["source=vcc&since=2026-11-20%209:02:40&zone=UTC", ["09:00:00"]],
    ["source=other", []],
  ])("narrows by %s", async (query, times) => {
    expect(timesOf(await list(query))).toEqual(times);
  });

  it("pages", async () => {
    const first = await list("limit=3");
    expect(timesOf(first)).toHaveLength(3);
    const second = await list(`limit=3&cursor=${first.next}`);
    expect(timesOf(second)).toEqual(["08:02:37"]);
    expect(second.next).toBeNull();
    expect((await list("limit=4")).next).toBeNull();
  });

  it("finds an agent by the name or the id that a question left out, if the log knows both", async () => {
    await addAgents(env.LOG, "vcc", [{ id: "52", username: "ivan" }], "2026-11-20");
    const { length } = timesOf(await list("agent=ivan"));
    await env.LOG.prepare("DELETE FROM event").run();
    await record([{ ...ivan, username: "", at: "2026-11-22T09:00:00Z" }]);
    expect([length, timesOf(await list("agent=ivan")).length, timesOf(await list("agent=52")).length]).toEqual([
      2, 1, 1,
    ]);
  });

  it.each(["granted=maybe", "since=soon", "limit=0", "cursor=x", "who=nora"])("refuses %s", async (query) => {
    expect((await call("GET", `logins?${query}`)).status).toBe(422);
  });
});

it("a login that was just answered is listed with the milliseconds that it took", async () => {
  await keepMap(map, "2026-11-01T00:00:00Z");
  await askLogin({ projectId: 7, userId: 41, username: "nora_k", groupId: 3, secondaryProjectIds: [11] });
  const item = await vi.waitUntil(async () => Object((await list("source=vcc&since=today")).items)[0], {
    timeout: 60_000,
    interval: 100,
  });
  expect(item).toMatchObject({ agent: { id: "41" }, rule: "users.41 deny", ms: expect.any(Number) });
});

describe("in a large log", () => {
  /** A decision among a hundred other events. */
  const fill = async (many: number) => {
    const login = { granted: true, projects: { "7": true }, rules: { "7": "default allow" } };
    const body = await deflate(JSON.stringify({ data: { login, agent: { id: "7" } } }));
    await env.LOG.prepare(
      `WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
       INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body)
       SELECT 'rcpt_1' || printf('%025d', n), '', 'vcc', iif(n % 10 = 0, 'login.decided', 'call.started'), null, '', '', 0, '{}',
         iif(n % 10 = 0, ?2, x'00') FROM number`,
    )
      .bind(many, body)
      .run();
  };

  it("a request examines a bounded number of rows, and no page misses a login", async () => {
    await record([{ ...nora, at: "2026-11-20T08:02:37Z" }]);
    await fill(120_000);
    const pages: number[] = [];
    let cursor: string | undefined;
    let found = 0;
    do {
      const page: Record<string, unknown> = await list(
        `agent=nora_k${cursor === undefined ? "" : `&cursor=${cursor}`}`,
      );
      found += Object(page.items).length;
      pages.push(Object(page.items).length);
      cursor = page.next === null ? undefined : String(page.next);
    } while (cursor !== undefined);
    expect(found).toBe(1);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(5);
  });

  it("is read by its own index", async () => {
    const { results } = await env.LOG.prepare(
      `EXPLAIN QUERY PLAN SELECT receipt, source, iif(?3 IS NULL OR source = ?3, body, NULL) AS body
       FROM event INDEXED BY event_login WHERE type = 'login.decided' AND receipt >= ?1 AND receipt < ?2
       ORDER BY receipt DESC LIMIT 10`,
    )
      .bind("a", "z", null)
      .all<{ detail: string }>();
    expect(results.map(({ detail }) => detail)).toEqual([
      "SEARCH event USING INDEX event_login (receipt>? AND receipt<?)",
    ]);
  });
});
