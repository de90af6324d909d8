import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnose, type Facts } from "../../src/cli/doctor/diagnose.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const url = "https://relay.example.com";
const health = { state: "told", ok: true, broken: [], warnings: [] } as const;
const here = { url, isLocal: false, health, api: "open" } as const;
const statesOf = (facts: Partial<Facts>) => diagnose({ ...here, ...facts }).map(({ state }) => state);

describe("what was found out is judged", () => {
  it("and nothing else is told of what does not answer", () => {
    expect(diagnose({ ...here, health: { state: "silent", why: "ENOTFOUND" } })).toEqual([
      { state: "wrong", what: `nothing answers at ${url} (ENOTFOUND)`, next: expect.any(String) },
    ]);
    expect(diagnose({ ...here, health: { state: "no_relay", status: 404 } })).toEqual([
      { state: "wrong", what: expect.stringContaining("is no relay"), next: expect.any(String) },
    ]);
  });

  it.each<[string, Partial<Facts>, string[]]>([
    ["a well relay", {}, ["well", "well"]],
    [
      "words of /health",
      { health: { ...health, ok: false, broken: ["x"], warnings: ["y"] } },
      ["wrong", "remark", "well"],
    ],
    ["a token that is not taken", { api: "unauthorized" }, ["well", "wrong"]],
    ["no token", { api: "no_token" }, ["well", "remark"]],
    ["another address", { publicUrl: "http://localhost:8787" }, ["well", "well", "remark"]],
    ["its own address", { publicUrl: `${url}/` }, ["well", "well"]],
    ["a fault", { faults: [{ path: "a", message: "b" }] }, ["well", "well", "wrong"]],
    ["a remark", { remarks: [{ path: "a", message: "b" }] }, ["well", "well", "remark"]],
    [
      "a secret that is not set",
      { remarks: [{ path: "a", message: "env:X is not set: …" }] },
      ["well", "well", "wrong"],
    ],
    [
      "steps",
      {
        steps: [
          { name: "cron", ok: true },
          { name: "limits", ok: true, detail: "near" },
          { name: "login a", ok: false },
        ],
      },
      ["well", "well", "well", "remark", "wrong"],
    ],
  ])("%s", (_, facts, states) => {
    expect(statesOf(facts)).toEqual(states);
  });

  it("by the relay itself, where it does: nothing is told twice", () => {
    const item = { subject: "acme", since: null, next: "npx hookswitch x --url y" };
    const found = diagnose({
      ...here,
      health: { ...health, ok: false, broken: ["permissions_invalid"] },
      remarks: [{ path: "a", message: "env:X is not set: …" }],
      faults: [{ path: "a", message: "b" }],
      steps: [
        { name: "login acme", ok: false, detail: "it has no permission map" },
        { name: "login other", ok: false, detail: "it has no permission map" },
        { name: "limits", ok: true, detail: "near" },
      ],
      items: [
        { ...item, kind: "dead_letters", sentence: "crm did not take 1 delivery" },
        { ...item, kind: "permissions_missing", sentence: "the permission map of acme is missing" },
        { ...item, kind: "limit_near", sentence: "near" },
      ],
    });
    expect(found).toEqual([
      { state: "remark", what: "crm did not take 1 delivery", next: item.next },
      { state: "wrong", what: "the permission map of acme is missing", next: item.next },
      { state: "remark", what: "near", next: item.next },
      { state: "well", what: "its API takes the token" },
      {
        state: "wrong",
        what: "login other: it has no permission map",
        next: expect.stringContaining("permissions push"),
      },
    ]);
  });

  it("with what to do about each thing that is wrong", () => {
    const words = [
      "config_unreadable",
      "config_invalid",
      "permissions_unreadable",
      "permissions_invalid",
      "log_unreadable",
    ];
    const names = ["configuration", "tables", "webhook", "queue dead", "login a", "cron"];
    const found = diagnose({
      ...here,
      health: { ...health, ok: false, broken: words },
      steps: names.map((name) => ({ name, ok: false })),
    });
    expect(found.filter(({ state, next }) => state === "wrong" && (next ?? "").length < 10)).toEqual([]);
  });
});

describe("what to do is said for the relay that is meant", () => {
  const unset = { remarks: [{ path: "a", message: "env:X is not set: …" }], api: "open" } as const;
  const nextOf = (facts: Partial<Facts>) =>
    diagnose({ ...here, ...facts }).find(({ state }) => state === "wrong")?.next;

  it.each<[string, Partial<Facts>, string]>([
    ["this machine's", { ...unset, isLocal: true }, "a line X=… in .dev.vars, then start it again as before"],
    [
      "production",
      { ...unset, environment: "production" },
      "npx wrangler secret put X --config wrangler.production.json",
    ],
    ["staging", { ...unset, environment: "staging" }, "npx wrangler secret put X --config wrangler.staging.json"],
    ["one that nobody knows", unset, "npx wrangler secret put X --config wrangler.<name>.json"],
    [
      "staging",
      { steps: [{ name: "tables", ok: false }], environment: "staging" },
      "npm run deploy -- --env staging migrates them",
    ],
    [
      "another address",
      { steps: [{ name: "login a", ok: false }] },
      `npx hookswitch permissions push permissions/a.json --source a --url ${url}`,
    ],
    [
      "this machine's",
      { steps: [{ name: "login a", ok: false }], isLocal: true },
      "npx hookswitch permissions push permissions/a.json --source a",
    ],
    [
      "one that crashes",
      { health: { state: "no_relay", status: 500 }, environment: "production" },
      "npx wrangler tail --config wrangler.production.json shows what fails; npm run rollback puts the build of before in force",
    ],
  ])("%s", (_, facts, next) => {
    expect(nextOf(facts)).toBe(next);
  });

  it("a move of staging is never production's", () => {
    const [found] = diagnose({ ...here, environment: "staging", publicUrl: "https://old.example.com" }).slice(-1);
    expect(found?.next).toBe(`npm run deploy -- --env staging --url ${url}`);
  });

  it("a self-test that tells nothing is not well", () => {
    expect(diagnose({ ...here, steps: "it answers 500" }).at(-1)).toMatchObject({ state: "wrong" });
  });
});

describe("hookswitch doctor", () => {
  let relay: Awaited<ReturnType<typeof openRelay>>;
  beforeAll(async () => {
    const sources = { acme: { vendor: "vcc-live", keys: ["key-of-acme-1"] } };
    relay = await openRelay({ sources }, { acme: { default: { allow: "*" } } });
  }, 120_000);
  afterAll(() => relay.close());

  it("finds nothing wrong with a healthy relay", async () => {
    const { code, out } = await runCommand(["doctor", "--url", relay.url, "--json"]);
    const { ok, findings } = JSON.parse(out);
    expect([code, ok]).toEqual([0, true]);
    expect(findings).toContainEqual({ state: "well", what: "a webhook goes from intake to log" });
    expect(findings).toContainEqual({ state: "well", what: "login acme is decided by its map" });
  }, 60_000);

  it.each([
    [["--token", "another-one"], "its API does not take this token"],
    [["--url", "http://127.0.0.1:9"], "nothing answers at http://127.0.0.1:9 ("],
  ])("with %j says what is wrong", async (args, sentence) => {
    const { code, out } = await runCommand(["doctor", "--url", relay.url, ...args]);
    expect(code).toBe(1);
    expect(out).toContain(`✗ ${sentence}`);
  });
});
