import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openRelay } from "../e2e/relay.ts";
import { runCommand } from "./command.ts";

const config = {
  sources: {
    vcc: { vendor: "vcc-live", keys: ["env:CLI_TEST_KEY", "bare-key"], timezone: "Europe/Budapest" },
    voiso: { vendor: "voiso", keys: ["env:CLI_TEST_KEY"] },
  },
};
const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { deny: [11], note: "not trained" } } };

const SOON = { timeout: 30_000, interval: 100 };

let relay: Awaited<ReturnType<typeof openRelay>>;
let folder: string;

beforeAll(async () => {
  relay = await openRelay(config, { vcc: map });
  folder = await mkdtemp(join(tmpdir(), "hookswitch-cli-"));
});

afterAll(async () => {
  await relay?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

const run = (...args: string[]) => runCommand([...args, "--url", relay.url]);
const write = async (name: string, document: unknown) => {
  const file = join(folder, name);
  await writeFile(file, typeof document === "string" ? document : JSON.stringify(document));
  return file;
};
const ask = async (question: object): Promise<unknown> => {
  const url = `${relay.url}/in/vcc/project-login?secret-key=bare-key`;
  return (await fetch(url, { method: "POST", body: JSON.stringify(question) })).json();
};

describe("permissions of a running relay", () => {
  test("pull prints the map, or writes it to a file", async () => {
    expect(JSON.parse((await run("permissions", "pull")).out)).toEqual(map);
    const file = join(folder, "pulled.json");
    expect(await run("permissions", "pull", "vcc", file)).toMatchObject({ code: 0, err: "" });
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(map);
  });

  test("explain prints a table that says what keeps the agent out", async () => {
    const { code, out } = await run("permissions", "explain", "--user", "41", "--group", "3", "--projects", "7,11");
    expect(code).toBe(0);
    expect(out).toMatch(/^agent 41 is refused at /);
    expect(out).toMatch(/project 7 +yes +granted by groups\.3/);
    expect(out).toMatch(/project 11 +NO +denied by users\.41 \(not trained\) +<- keeps the agent out/);
    expect(out).toMatch(/groups\.3, rule 1: allows it, but is overruled by users\.41 deny/);
    expect(out).toMatch(/Map version 1 \([0-9a-f]{16}\), by kv/);
  });

  test("grant and revoke change one agent's answer", async () => {
    expect(await run("permissions", "grant", "--user", "41", "--project", "11")).toMatchObject({ code: 0 });
    expect(await ask({ projectId: 11, userId: 41, groupId: 3 })).toEqual({ "11": true });
    const { code, out } = await run("permissions", "revoke", "--user", "41", "--project", "11", "--note", "left");
    expect(code).toBe(0);
    expect(out).toMatch(/written, version [0-9a-f]{16}; in force after KV's own propagation/);
    expect(out).toContain('users.41: {"deny":[11],"note":"left"}');
    expect(await ask({ projectId: 11, userId: 41, groupId: 3 })).toEqual({ "11": false });
  });

  test("diff shows what a push would change, and a push does so once it is confirmed", async () => {
    const file = await write("next.json", { default: { allow: "*" }, groups: { "3": { allow: [7] } } });
    const { out } = await run("permissions", "diff", file);
    expect(out).toMatch(/~ +groups\.3 +allow 7, 11 {2}-> {2}allow 7\n/);
    expect(out).toMatch(/- +users\.41 +deny 11 \(left\)/);
    expect(out).toMatch(/\+ +default +allow \*/);
    expect(await run("permissions", "push", file)).toMatchObject({
      code: 1,
      err: expect.stringContaining("everybody can log in to every project"),
    });
    expect(await run("permissions", "push", "vcc", file, "--confirm")).toMatchObject({ code: 0 });
    expect(await run("permissions", "diff", file)).toMatchObject({ code: 0, out: "no difference\n" });
    expect(await run("permissions", "push", file, "--after", "0000000000000000")).toMatchObject({
      code: 1,
      err: expect.stringContaining("read it again"),
    });
  });

  test("rollback lists the versions and puts one in force again", async () => {
    const { out } = await run("permissions", "rollback", "vcc");
    expect(out.split("\n")[0]).toMatch(/^ +4 +[0-9a-f]{16} +by admin +[0-9: -]+ +newest$/);
    const { items } = JSON.parse((await run("permissions", "rollback", "--json")).out);
    expect(items[0]).toMatchObject({ version: 4, who: "admin" });
    expect(await run("permissions", "rollback", "1")).toMatchObject({ code: 0 });
    expect(JSON.parse((await run("permissions", "pull")).out)).toEqual(map);
  });

  test("versions lists them as well, and tells what one of them changed", async () => {
    const listed = await run("permissions", "versions");
    expect(listed.out).toBe((await run("permissions", "rollback")).out);
    const { code, out } = await run("permissions", "versions", "vcc", "4");
    expect([code, out.split("\n")[0]]).toEqual([0, expect.stringMatching(/^ +4 +[0-9a-f]{16} +by admin/)]);
    expect(out).toMatch(/1 grant added, 1 grant taken away, 1 denial taken away\n/);
    expect(out).toMatch(/~ +groups\.3 +allow 7, 11 {2}-> {2}allow 7\n/);
    expect((await run("permissions", "versions", "1")).out).toContain("2 grants added, 1 denial added");
    const { version, difference } = JSON.parse((await run("permissions", "versions", "4", "--json")).out);
    expect([version, difference.owners]).toEqual([4, 3]);
    expect(await run("permissions", "versions", "99")).toMatchObject({ code: 1, out: "" });
  });

  test("what changes a map, and what would, is told for programs, too", async () => {
    const json = async (...args: string[]) => JSON.parse((await run("permissions", ...args, "--json")).out);
    const who = ["--user", "77", "--project", "7"];
    expect(await json("grant", ...who)).toMatchObject({
      version: expect.stringMatching(/^[0-9a-f]{16}$/),
      inForce: { everywhere: expect.any(String) },
      owner: "users.77",
      rules: { allow: [7] },
      deniedBy: [],
    });
    const given = await json("grant", ...who, "--temporary", "--until", new Date(Date.now() + 3_600_000).toISOString());
    expect(given).toMatchObject({ id: expect.any(String), withoutEffect: [] });
    expect(await json("revoke", "--grant", given.id)).toMatchObject({ version: expect.any(String) });
    expect(await json("revoke", ...who)).toMatchObject({ owner: "users.77" });
    const file = await write("same.json", map);
    const { differences } = await json("diff", file);
    expect(differences).toContainEqual(expect.objectContaining({ owner: "users.77", before: expect.any(String) }));
    expect(await json("push", file)).toMatchObject({ version: expect.any(String), warnings: [] });
    expect(await json("diff", file)).toEqual({ differences: [] });
  });

  test("a file that lacks what was granted for a while meanwhile is not pushed, unless that is confirmed", async () => {
    const file = join(folder, "before-the-grant.json");
    const version = /version (\w+)/.exec((await run("permissions", "pull", "vcc", file)).out)?.[1] ?? "";
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const who = ["--user", "78", "--project", "7"];
    expect((await run("permissions", "grant", ...who, "--temporary", "--until", until)).code).toBe(0);
    const refused = await run("permissions", "push", file);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("nothing was written");
    expect(refused.err).toMatch(/users\.78 allow 7 until \d\d/);
    const [grant] = (await run("permissions", "pull")).out.match(/grant_\w+/) ?? [];
    const mentions = await write("mentions.json", { ...map, default: { deny: [99], note: `see ${grant}` } });
    expect((await run("permissions", "push", mentions)).code).toBe(1);
    expect((await run("permissions", "push", file, "--after", version)).code).toBe(1);
    expect(await run("permissions", "push", file, "--confirm")).toMatchObject({ code: 0, err: "" });
    expect((await run("permissions", "push", file)).code).toBe(0);
  });

  test("dry-run prints whose answer would change", async () => {
    await ask({ projectId: 7, userId: 41, username: "nora_k", groupId: 3 });
    const file = await write("dry.json", { groups: { "4": { allow: [7] } } });
    await expect
      .poll(async () => (await run("permissions", "dry-run", file, "--days", "1")).out, SOON)
      .toMatch(/nora_k, user 41, group 3 +REFUSED +7: groups\.3 allow -> none +1x/);
  });

  test("check --unused names the rules that nobody needed", async () => {
    const { code, out } = await run("permissions", "check", "--unused");
    expect(code).toBe(0);
    expect(out).toMatch(/rules were not needed by \d+ logins in 30 days/);
  });

  test("status tells the version in force and the projects that no rule names", async () => {
    await ask({ projectId: 99, userId: 41, username: "nora_k", groupId: 3 });
    const shown = async () => {
      const { out, err } = await run("permissions", "status");
      return out + err;
    };
    await expect.poll(shown, SOON).toMatch(/project 99: is named by no rule/);
    expect(await shown()).toMatch(/mode enforce, map version \d+ \([0-9a-f]{16}\), by admin/);
  });

  test("import makes a map of a table and pushes it", async () => {
    const csv =
      "agent;project;allow/deny;from;until\n41;7;allow;;\n41;11;deny;;\nNora_K;21;allow;2026-12-01;2026-12-15\n";
    const file = await write("agents.csv", csv);
    const { code, out, err } = await run("permissions", "import", file);
    expect([code, err]).toEqual([0, "3 rows: 2 agents, 3 projects, 0 faults\n"]);
    const expected = {
      users: { "41": { allow: [7], deny: [11] } },
      usernames: { nora_k: { allow: [21], from: "2026-12-01", until: "2026-12-15" } },
    };
    expect(JSON.parse(out)).toEqual(expected);
    expect(await run("permissions", "import", file, "--push")).toMatchObject({ code: 0 });
    expect(JSON.parse((await run("permissions", "pull")).out)).toEqual(expected);
  });

  test("a map that is not valid is refused with its paths before it is sent", async () => {
    const file = await write("bad.json", { users: { "41": { allow: [7], hours: { tz: "Mars/Olympus" } } } });
    expect(await run("permissions", "push", file)).toMatchObject({
      code: 1,
      err: expect.stringContaining("users.41.hours.tz: not an IANA time zone"),
    });
  });

  test("a token that the relay does not take is said to be one", async () => {
    expect(await run("permissions", "pull", "--token", "wrong")).toMatchObject({
      code: 1,
      err: "hookswitch: the relay does not take this token; use --token or ADMIN_TOKEN\n",
    });
  });
});

describe("config of a running relay", () => {
  test("pull hides secrets, and push keeps them", async () => {
    const file = join(folder, "config.json");
    expect(await run("config", "pull", file)).toMatchObject({ code: 0 });
    const pulled = JSON.parse(await readFile(file, "utf8"));
    expect(pulled.sources.vcc.keys).toEqual(["env:CLI_TEST_KEY", "***"]);
    await writeFile(file, JSON.stringify({ sources: { vcc: { ...pulled.sources.vcc, region: "HU" } } }));
    expect(await run("config", "push", file)).toMatchObject({ code: 0 });
    expect(JSON.parse((await run("config", "pull")).out).sources).toEqual({
      vcc: { ...pulled.sources.vcc, region: "HU" },
    });
    expect(await ask({ projectId: 7, userId: 41 })).toEqual({ "7": true });
  });
});
