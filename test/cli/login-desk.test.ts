import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const config = { sources: { vcc: { vendor: "vcc-live", keys: ["bare-key"], timezone: "Europe/Budapest" } } };
const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { deny: [11], note: "not trained" } } };
const SOON = { timeout: 30_000, interval: 200 };

let relay: Awaited<ReturnType<typeof openRelay>>;

beforeAll(async () => {
  relay = await openRelay(config, { vcc: map });
  await ask({ projectId: 7, secondaryProjectIds: [11] });
  await ask({ projectId: 7, secondaryProjectIds: [] });
  await ask({ projectId: 7, secondaryProjectIds: [] }, "wrong");
  await vi.waitUntil(async () => /(?:"receipt".*){2}/s.test((await run("logins", "--json")).out), SOON);
  await vi.waitUntil(async () => (await explain("--at", now())).out.includes("refused with 401"), SOON);
});

afterAll(() => relay?.close());

const now = () => new Date().toISOString();
const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const explain = (...args: string[]) => run("permissions", "explain", "--username", "nora_k", ...args);
const ask = async (question: object, key = "bare-key"): Promise<unknown> => {
  const url = `${relay.url}/in/vcc/project-login?secret-key=${key}`;
  const body = JSON.stringify({ userId: 41, username: "nora_k", groupId: 3, ...question });
  return (await fetch(url, { method: "POST", body })).json();
};
/** The date stands there where it is another than that of the other time. */
const CLOCK = String.raw`(?:\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d`;
const TIME = String.raw`${CLOCK} \(${CLOCK} UTC\)`;

describe("permissions explain", () => {
  test("finds the only source that asks, for a supervisor too", async () => {
    const { out: made } = await run("tokens", "create", "sue", "--role", "supervisor", "--json");
    const { code, out, err } = await explain("--at", now(), "--token", JSON.parse(made).token);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(/^nora_k is refused at /);
  });

  test("tells all attempts about a moment, and explains the refused one", async () => {
    const { code, out } = await explain("--at", now());
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^nora_k is refused at ${CLOCK} \\(Europe/Budapest; ${CLOCK} UTC\\)\n`));
    expect(out).toMatch(/project 11 +NO +denied by users\.41 \(not trained\) +<- keeps the agent out/);
    expect(out).toContain("2 attempts within 15 minutes, this is the first:\n");
    expect(out).toMatch(new RegExp(`  ${TIME}  refused  7 yes, 11 NO  rcpt_\\w+  <- this one\n`));
    expect(out).toMatch(new RegExp(`  ${TIME}  granted  7 yes         rcpt_\\w+\n`));
    expect(out).toMatch(/1 request of this source was refused with 401 in these minutes, at .*: wrong_key 1\.\n/);
    expect(out).toMatch(new RegExp(`Map version 1 \\([0-9a-f]{16}\\), by kv, since ${TIME}\\.\n$`));
  });

  test("takes times as people write them, and says when there was no map yet", async () => {
    const { code, out } = await explain("--projects", "7", "--at", "yesterday 0:00");
    expect(code).toBe(0);
    expect(out).toMatch(/There was no map yet; version 1 is of .*\(Europe\/Budapest; .* UTC\)\.\n$/);
    expect((await explain("--at", "some day")).code).toBe(2);
  });

  test("tells what would be answered if a project were granted besides, which changes nothing", async () => {
    const run12 = (...more: string[]) => explain("--user", "42", "--group", "3", "--projects", "12", ...more);
    expect((await run12()).out).toMatch(/project 12 +NO /);
    expect((await run12("--suppose", "12")).out).toMatch(/project 12 +yes /);
    expect((await run12()).out).toMatch(/project 12 +NO /);
  });

  test("show tells what a login was answered, and what decided", async () => {
    const [login] = JSON.parse((await run("logins", "--refused", "--json")).out);
    const { out } = await run("show", login.receipt);
    expect(out).toMatch(/ {2}The login was refused: (?:\d+ (?:yes|NO) \([^)]+\)(?:, )?)+\.\n/);
    expect(out).toContain("NO (");
  });

  test("says so where an attempt is of another time", async () => {
    const earlier = new Date(Date.now() - 3_600_000).toISOString();
    const { out } = await explain("--at", earlier);
    expect(out.startsWith(`No attempt within 15 minutes of ${earlier} (Europe/Budapest); those nearest to it:\n`)).toBe(
      true,
    );
    expect(out).toContain("<- this one");
  });

  test("names whoever is like an agent whom nobody knows, and ends with 1", async () => {
    const { code, out } = await run("permissions", "explain", "--username", "nora", "--at", now());
    expect([code, out]).toEqual([1, expect.stringContaining("did you mean nora_k?\n")]);
    const open = await run("permissions", "explain", "--username", "nora");
    expect(open).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^hookswitch: Name the projects\. .*nora_k\?\n$/),
    });
  });
});

describe("logins", () => {
  test("prints decisions in rows, by the clock of the source", async () => {
    const { code, out } = await run("logins");
    expect(code).toBe(0);
    const [zone = "", second = "", first = ""] = out.split("\n");
    expect(zone).toBe("Times are those of Europe/Budapest.");
    expect(first).toMatch(
      new RegExp(
        `^  ${TIME}  vcc  nora_k \\(41\\)  refused  7 yes, 11 NO  users\\.41 deny +map \\d+ s old, \\d+ ms +rcpt_`,
      ),
    );
    expect(second).toMatch(/granted {2}7 yes {9}groups\.3 allow/);
  });

  test("narrows, and says so where there is none", async () => {
    const receipts = async (...args: string[]) => ((await run("logins", ...args)).out.match(/rcpt_/g) ?? []).length;
    expect(await receipts("--refused")).toBe(1);
    expect(await receipts("--granted", "--agent", "041")).toBe(1);
    expect(await receipts("--limit", "1")).toBe(1);
    expect(await receipts("--since", "yesterday 0:00", "--source", "vcc")).toBe(2);
    expect((await run("logins", "--agent", "ivan")).out).toBe("no login\n");
    expect((await run("logins", "--refused", "--granted")).code).toBe(2);
    expect(JSON.parse((await run("logins", "--json", "--limit", "1")).out)).toMatchObject([{ granted: true }]);
  });
});

describe("a grant for a while", () => {
  const grant = (...args: string[]) =>
    run("permissions", "grant", "--temporary", "--user", "41", "--until", "9:02", ...args);
  const pull = async () => JSON.parse((await run("permissions", "pull")).out);

  test("is made and taken back, and tells what denies it", async () => {
    const denied = await grant("--project", "11");
    expect(denied).toMatchObject({
      code: 0,
      err: expect.stringMatching(/users\.41.*denies project 11 \(not trained\)/),
    });
    const { code, out, err } = await grant("--project", "21", "--note", "helps out");
    expect([code, err]).toEqual([0, ""]);
    expect(out).toMatch(
      /^written, version .*\nusers\.41: allow 21 until \d{4}-\d\d-\d\d 09:02 \(Europe.Budapest; .+ UTC\)\ntake it back: npx hookswitch /,
    );
    expect(await ask({ projectId: 21, secondaryProjectIds: [] })).toEqual({ "21": true });
    for (const told of [denied.out, out]) {
      const [, words = ""] = /npx hookswitch (.*)/.exec(told) ?? [];
      expect(await run(...words.split(" "))).toMatchObject({ code: 0 });
    }
    expect(await pull()).toEqual(map);
    const again = await run("permissions", "revoke", "--grant", "grant_0");
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining("no grant of this id") });
  });

  test("may be a deny", async () => {
    const { code, out } = await run(
      ...["permissions", "revoke", "--temporary", "--group", "3", "--project", "7", "--until", "9:02"],
    );
    expect([code, out]).toEqual([0, expect.stringContaining("groups.3: deny 7 until ")]);
    expect((await pull()).groups["3"]).toMatchObject([{ allow: [7, 11] }, { deny: ["7"] }]);
  });

  test.each([
    ["no end", ["grant", "--temporary", "--user", "41", "--project", "7"]],
    ["a beginning", ["grant", "--temporary", "--user", "41", "--project", "7", "--until", "9:02", "--from", "9:00"]],
    ["nobody", ["grant", "--temporary", "--project", "7", "--until", "9:02"]],
  ])("with %s is refused before anything is sent", async (_, args) => {
    expect((await run("permissions", ...args)).code).toBe(2);
  });
});
