import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { parseRelay } from "../../src/config/parse-relay.ts";
import { askLogin, call, configureVcc } from "../api/call.ts";
import { openSink } from "../sink/sink.ts";

const map = { users: { "41": { allow: [7] } } };
const nora = { projectId: 7, userId: 41, username: "nora_k", groupId: 3, secondaryProjectIds: [11] };

let lines: string[];

beforeEach(() => {
  lines = [];
  for (const level of ["info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void lines.push(line));
  }
});

const logged = (event: string) => lines.map((line) => JSON.parse(line)).filter((line) => line.event === event);
const status = async (days = 1) => (await call("GET", `permissions/vcc/status?days=${days}`)).body;
const untilLogged = (asked: number) =>
  vi.waitUntil(
    async () => {
      const body = await status();
      return Object(body.agreement).asked >= asked ? body : false;
    },
    { timeout: 60_000, interval: 100 },
  );

describe("a guard in the shadow", () => {
  test("lets everybody in, and logs what it would have answered", async () => {
    await configureVcc({ guard: { mode: "shadow" } });
    await call("PUT", "permissions/vcc", map);
    expect(await askLogin(nora)).toEqual({ "7": true, "11": true });
    expect(logged("login.decided")).toMatchObject([
      { granted: false, mode: "shadow", answered: { "7": true, "11": true } },
    ]);
    await untilLogged(1);
    const { items } = (await call("GET", "events?type=login.decided")).body;
    const { id } = Object(items)[0];
    const { body } = await call("GET", `events/${id}`);
    expect(JSON.stringify(body)).toContain('"granted":false');
    expect(await call("POST", "permissions/vcc/explain", { question: { userId: 41 } })).toMatchObject({
      body: {
        granted: false,
        asked: {
          mode: "shadow",
          projects: { "7": true, "11": false },
          answered: { "7": true, "11": true },
          rules: { "7": "users.41 allow", "11": "none" },
        },
      },
    });
  });

  test("lets everybody in even when there is no map", async () => {
    await configureVcc({ guard: { mode: "shadow" } });
    expect(await askLogin(nora)).toEqual({ "7": true, "11": true });
    await untilLogged(1);
  });

  test("tells how often it agrees, and with whom it does not", async () => {
    await configureVcc({ guard: { mode: "shadow" } });
    await call("PUT", "permissions/vcc", map);
    await askLogin({ ...nora, secondaryProjectIds: [] });
    await askLogin(nora);
    await askLogin({ ...nora, secondaryProjectIds: [11, 7] });
    expect(await untilLogged(3)).toMatchObject({
      mode: "shadow",
      version: { version: 1, who: "admin" },
      faults: [],
      agreement: {
        days: 1,
        asked: 3,
        agreed: 1,
        rate: 1 / 3,
        cut: false,
        disagreed: [
          {
            agent: { userId: "41", username: "nora_k", groupId: "3" },
            projects: [{ project: "11", answered: true, guard: false, rule: "none" }],
            times: 2,
          },
        ],
      },
    });
  });
});

describe("the responder that answered before", () => {
  const configure = (ask: string) => configureVcc({ guard: { mode: "shadow", ask, askTimeoutMs: 300 } });

  test("gets the vendor's question and goes on deciding", async () => {
    const old = openSink();
    await old.behave({ body: '{"7":false,"11":true}' });
    await configure(old.url);
    await call("PUT", "permissions/vcc", map);
    expect(await askLogin(nora)).toEqual({ "7": false, "11": true });
    const [request] = await old.received();
    expect(JSON.parse(request?.body ?? "")).toEqual(nora);
    expect(request?.headers["content-type"]).toBe("application/json");
    expect(logged("login.responder_silent")).toEqual([]);
  });

  test.each([
    ["does not answer in time", { fault: "hang" }, "timeout"],
    ["answers too late", { delay: 900, body: '{"7":false,"11":false}' }, "timeout"],
    ["breaks the connection", { fault: "reset" }, "unreachable"],
    ["speaks no HTTP", { fault: "garbage" }, "unreachable"],
  ] as const)("that %s is silent, and everybody is let in", async (_, behaviour, reason) => {
    const old = openSink();
    await old.behave(behaviour);
    await configure(old.url);
    const began = performance.now();
    expect(await askLogin(nora)).toEqual({ "7": true, "11": true });
    expect(performance.now() - began).toBeLessThan(1500);
    expect(logged("login.responder_silent")).toEqual([{ event: "login.responder_silent", source: "vcc", reason }]);
    expect(lines.join()).not.toContain(old.url);
  });

  test.each([
    ["forbids", { status: 403, body: '{"7":true,"11":true}' }, "status 403"],
    ["fails", { status: 500, body: '{"7":true,"11":true}' }, "status 500"],
    ["is not there defer its proxy", { status: 502 }, "status 502"],
    ["sends elsewhere", { status: 302, headers: { location: "http://localhost/" } }, "status 302"],
    ["answers no JSON", { body: "yes" }, "no JSON"],
    ["answers nothing", { body: "" }, "no JSON"],
    ["answers a list", { body: "[7,11]" }, "no object"],
    ["answers one word for all", { body: "true" }, "no object"],
    ["answers without an end", { body: `{"7":${" ".repeat(70_000)}true,"11":true}` }, "too large"],
    ["breaks off", { fault: "cut" }, "broken off"],
  ] as const)("that %s does not grant anything", async (_, behaviour, reason) => {
    const old = openSink();
    await old.behave(behaviour);
    await configure(old.url);
    expect(await askLogin(nora)).toEqual({ "7": false, "11": false });
    expect(logged("login.responder_refused")).toEqual([{ event: "login.responder_refused", source: "vcc", reason }]);
    expect(logged("login.responder_silent")).toEqual([]);
  });

  test.each([
    ["the words of a yes", '{"7":true,"11":1,"12":"true","13":"1","14":" TRUE "}', [7, 11, 12, 13, 14]],
    ["words of a no", '{"7":true,"11":false,"12":0,"13":"false","14":"0"}', [7]],
    ["other words", '{"7":true,"11":"yes","12":2,"13":"granted","14":""}', [7]],
    ["other forms", '{"7":true,"11":null,"12":{"granted":true},"13":[true],"14":[]}', [7]],
    ["something else beside", '{"7":true,"ok":"yes","note":"7"}', [7]],
    ["only one project", '{"11":true}', [11]],
    ["ids in another spelling", '{" 07 ":true,"０１１":true}', [7, 11]],
    ["an id twice, in two spellings", '{"7":true,"07":false,"11":true,"011":true}', [11]],
    ["an id twice", '{"7":false,"7":true,"11":true}', [11]],
  ])("grants by %s", async (_, body, granted) => {
    const old = openSink();
    await old.behave({ body });
    await configure(old.url);
    const asked = [7, 11, 12, 13, 14];
    expect(await askLogin({ ...nora, secondaryProjectIds: asked.slice(1) })).toEqual(
      Object.fromEntries(asked.map((project) => [project, granted.includes(project)])),
    );
  });

  test("decides in the shadow also what the guard cannot read, and the guard's own verdict is no", async () => {
    const old = openSink();
    await old.behave({ body: '{"7":true}' });
    await configure(old.url);
    expect(await askLogin({ ...nora, userId: [41] })).toEqual({ "7": true, "11": false });
    await configureVcc({ guard: { mode: "shadow" } });
    expect(await askLogin({ ...nora, userId: [41] })).toEqual({ "7": true, "11": true });
    expect(logged("login.decided")).toMatchObject([
      { granted: false, unreadable: ["userId"] },
      { granted: false, unreadable: ["userId"] },
    ]);
  });

  test("means the same project, however it was asked for", async () => {
    const old = openSink();
    await old.behave({ body: '{"7":true,"11":1}' });
    await configure(old.url);
    expect(await askLogin({ ...nora, projectId: "007", secondaryProjectIds: ["１１", "12"] })).toEqual({
      "007": true,
      "１１": true,
      "12": false,
    });
  });

  test("is asked for a project called constructor like for any other", async () => {
    const old = openSink();
    await old.behave({ body: '{"7":true,"11":false}' });
    await configure(old.url);
    expect(await askLogin({ ...nora, secondaryProjectIds: [11, "constructor"] })).toEqual({
      "7": true,
      "11": false,
      constructor: false,
    });
  });

  test("has to be one of the public internet, and is asked only in the shadow", () => {
    const parse = (guard: object) =>
      parseRelay(JSON.stringify({ sources: { vcc: { vendor: "vcc-live", keys: ["env:K"], guard } } }), {
        allowPrivate: false,
      });
    expect(parse({ mode: "shadow", ask: "https://old.example.com/login?key=1" })).toMatchObject({ state: "valid" });
    expect(parse({ mode: "shadow", ask: "https://169.254.169.254/" })).toMatchObject({
      state: "faulty",
      faults: [{ path: "sources.vcc.guard.ask" }],
    });
    expect(parse({ ask: "https://old.example.com/" })).toMatchObject({
      state: "faulty",
      faults: [{ path: "sources.vcc.guard.ask", message: "only a guard in the shadow asks another" }],
    });
  });

  test("is shown by the API without what its query says, which may be a key", async () => {
    await configure("https://old.example.com/login?key=1");
    expect((await call("GET", "config")).body).toMatchObject({
      sources: { vcc: { guard: { ask: "https://old.example.com/login?key=***" } } },
    });
  });
});

describe("a project that no rule names", () => {
  test("raises the alarm at the first question about it, and only then", async () => {
    await configureVcc();
    await call("PUT", "permissions/vcc", map);
    await askLogin({ ...nora, secondaryProjectIds: [31, 32] });
    await askLogin({ ...nora, userId: 42, secondaryProjectIds: [31] });
    await vi.waitUntil(() => logged("login.unknown_project").length === 2, { timeout: 60_000, interval: 50 });
    expect(logged("login.unknown_project")).toEqual([
      { event: "login.unknown_project", source: "vcc", project: "31" },
      { event: "login.unknown_project", source: "vcc", project: "32" },
    ]);
    const { unknownProjects } = await status();
    expect(Object(unknownProjects).map(({ project }: { project: string }) => project)).toEqual(["31", "32"]);
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM unknown_project").first("n")).toBe(2);
  });

  test("is known once a rule names it, even to deny it", async () => {
    await configureVcc();
    await call("PUT", "permissions/vcc", map);
    await askLogin({ ...nora, projectId: 31 });
    await vi.waitUntil(() => logged("login.unknown_project").length > 0, { timeout: 60_000, interval: 50 });
    await call("PUT", "permissions/vcc", { ...map, default: { deny: [31] } });
    expect((await status()).unknownProjects).toEqual([{ project: "11", first: expect.any(String) }]);
  });

  test("raises none where a rule decides about all projects", async () => {
    await configureVcc();
    await call("PUT", "permissions/vcc", { groups: { "3": { allow: "*" } }, users: { "42": { deny: "*" } } });
    await askLogin({ ...nora, projectId: 31 });
    await askLogin({ ...nora, userId: 42, projectId: 32 });
    expect((await status()).unknownProjects).toEqual([]);
  });
});
