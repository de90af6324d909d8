import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { commandLine } from "../../src/cli/run.ts";
import { judge } from "../../src/status/judge.ts";
import { findingKind } from "../../src/status/kinds.ts";
import { wordsFor } from "../../src/status/words.ts";
import { Receiver, SECRET } from "../e2e/receiver.ts";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const SOON = { timeout: 60_000, interval: 200 };

let receiver: Receiver;
let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  receiver = await new Receiver().open();
  const crm = { url: receiver.url, secrets: [SECRET] };
  relay = await openRelay({
    sources: { voiso: { vendor: "voiso", keys: ["key-of-voiso"] } },
    destinations: {
      crm: { ...crm, retry: { delays: [] } },
      bi: { ...crm, retry: { delays: [3600] }, events: ["call.*"] },
    },
  });
});

afterAll(async () => {
  await relay?.close();
  await receiver.kill();
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);

describe("whether anything needs somebody", () => {
  test("all is well: exit 0", async () => {
    expect(await run("status")).toEqual({ code: 0, out: "All is well; nothing waits.\n", err: "" });
    const { code, out } = await run("status", "--json");
    expect([code, JSON.parse(out)]).toMatchObject([0, { verdict: "ok", items: [], sources: [{ id: "voiso" }] }]);
  });

  test("destinations stand well, and take a sample", async () => {
    const { code, out } = await run("destinations");
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}crm {2}well {2}nothing waits {2}http:\S+\n {2}bi {3}well {2}nothing waits/);
    expect(await run("destinations", "test", "crm")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^crm took it: status 2\d\d, \d+ ms\n$/),
    });
  });

  test("a dead letter and a pause: exit 1, the worst first, each with what helps", async () => {
    await receiver.kill();
    await run("send", "voiso", "message.sent", "--source", "voiso", "--key", "key-of-voiso");
    await expect.poll(async () => (await run("status")).code, SOON).toBe(1);
    const paused = await run("destinations", "pause", "bi");
    expect([paused.code, paused.out]).toEqual([
      0,
      expect.stringMatching(/^ {2}bi {2}paused \(operator\) for less than a minute/),
    ]);
    expect((await run("destinations", "crm")).out).toMatch(/^ {2}crm .* 1 dead letter {2}http/);
    const { code, out } = await run("status");
    const [sentence, ...lines] = out.trimEnd().split("\n");
    expect([code, sentence]).toEqual([
      1,
      expect.stringMatching(/^2 things need somebody; the worst: crm did not take 1 delivery/),
    ]);
    expect(lines).toEqual([
      expect.stringMatching(
        /^ {2}! crm did not take 1 delivery, .* → npx hookswitch replay --dry-run --state dead --destination crm$/,
      ),
      expect.stringMatching(
        /^ {2}! bi is paused \(by operator\); 0 deliveries wait {2}→ npx hookswitch destinations resume bi$/,
      ),
    ]);
    expect((await run("destinations", "crm")).out).toMatch(
      /Last failures\n {2}rcpt_\w+ +message\.sent +dead +1 attempt +connection/,
    );
    expect(await run("destinations", "test", "crm")).toMatchObject({
      code: 1,
      out: expect.stringContaining("crm did not take it: connection"),
    });
    expect((await run("destinations", "resume", "bi")).out).toMatch(/^ {2}bi {2}well/);
  });

  test("the doctor tells it in the same words", async () => {
    const { out } = await run("doctor");
    expect(out).toContain("! crm did not take 1 delivery, given up for good");
  });

  test("the ledger says what became of everything, and the log the same", async () => {
    const { code, out, err } = await run("ledger", "--recount");
    expect([err, code]).toEqual(["", 0]);
    expect(out).toMatch(/^the books balance\nall sources\n {2}webhooks {4}\d accepted, /);
    expect(out).toContain(
      "\nvoiso\n  webhooks    1 accepted, 1 events, 0 duplicates, 0 failed, 0 unrouted\n  deliveries  1 due, 0 delivered, 1 dead,",
    );
    expect(out).toMatch(/counted again: \d{4}-\d\d-\d\d; the log says the same/);
    const json = await run("ledger", "--json");
    expect(JSON.parse(json.out)).toMatchObject({ balanced: true });
  });

  test.each([
    [["destinations", "nobody"], 1, "no destination"],
    [["ledger", "--since", "2026-11-18"], 2, "add --recount"],
    [["ledger", "--recount", "--since", "soon"], 2, "it has to be a day"],
    [["status", "--token", "wrong"], 1, "does not take this token"],
  ])("%j is refused with %i", async (args, code, sentence) => {
    const { code: ended, err } = await run(...args);
    expect([ended, err.toLowerCase()]).toEqual([code, expect.stringContaining(sentence.toLowerCase())]);
  });
});

/** Commands that somebody else adds. */

test("every command that a finding advises is one", () => {
  const crm = {
    id: "crm",
    breaker: undefined,
    paused: undefined,
    waiting: 1,
    oldest: 0,
    dead: { deliveries: 1, more: false, oldest: 0 },
  };
  const judged = judge({
    now: 1e12,
    at: undefined,
    config: { state: "ready", faults: [], faulty: [] },
    settings: [],
    unset: [],
    maps: [{ source: "acme", state: "missing", faults: [], faulty: [] }],
    log: {
      cron: undefined,
      lately: 0,
      sources: [
        {
          id: "a",
          last: undefined,
          weeks: 0,
          silentAfterMinutes: 1,
          failed: 1,
          questions: { asked: 9, unanswered: 9 },
        },
      ],
      destinations: [
        crm,
        { ...crm, breaker: { state: "open", failures: 5 } },
        { ...crm, paused: { reason: "operator", since: 0 } },
      ],
      refused: [{ source: "a", reason: "wrong_key", times: 1 }],
      lastFailure: "rcpt_1",
      spool: { waiting: 1, more: false, oldest: 0 },
      queued: { messages: 0, oldest: undefined },
      travelling: { messages: 1, oldest: 0 },
      limits: [],
    },
  });
  const advice = [...judged.items.map(({ next }) => next), ...findingKind.options.map((kind) => wordsFor(kind).next)];
  const commands = advice.flatMap(
    (next) => /^npx hookswitch (.+)/.exec(next)?.[1]?.replace(" @", " --url https://relay.example.com") ?? [],
  );
  expect(commands.length).toBeGreaterThan(8);
  const root = commandLine();
  for (const words of commands.map((text) => text.split(" "))) {
    const [name = "", inner = ""] = words;
    const found = root.commands.find((one) => one.name() === name);
    expect(found, words.join(" ")).toBeDefined();
    const command = found?.commands.find((one) => one.name() === inner) ?? found;
    const known = command?.options.map(({ long }) => long) ?? [];
    for (const option of words.filter((word) => word.startsWith("--")))
      expect(known, words.join(" ")).toContain(option);
  }
});
