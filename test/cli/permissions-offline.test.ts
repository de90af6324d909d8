import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readCsv } from "../../src/cli/permissions/csv.ts";
import { importMap } from "../../src/cli/permissions/import-map.ts";
import { runCommand } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-check-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(document: unknown): string {
  const file = join(folder, "document.json");
  writeFileSync(file, typeof document === "string" ? document : JSON.stringify(document));
  return file;
}

const check = (document: unknown, ...rest: string[]) => runCommand(["permissions", "check", write(document), ...rest]);

describe("permissions check", () => {
  test("finds nothing in a sound map", async () => {
    const { code, out, err } = await check({ users: { "41": { allow: [7] } } });
    expect([code, out, err]).toEqual([0, `${join(folder, "document.json")} is valid\n`, ""]);
  });

  test.each([
    ["that locks out everybody", { users: { "41": { deny: [7] } } }, "the document: nobody can log in"],
    ["that opens everything", { default: { allow: "*" } }, "the document: everybody can log in to every project"],
    [
      "with a rule that never applies",
      { users: { "41": [{ allow: [7] }, { allow: [8], from: "2027-01-02", until: "2027-01-01" }] } },
      "users.41.1: never applies",
    ],
    [
      "with a rule that is over",
      { users: { "41": [{ allow: [7] }, { allow: [8], until: "2020-01-01" }] } },
      "users.41.1: is over since 2020-01-01",
    ],
    [
      "with a rule that does nothing",
      { default: { allow: [7] }, users: { "41": {} } },
      "users.41: allows and denies nothing",
    ],
    [
      "with an except for nothing",
      { default: { allow: [7], except: [8] } },
      "default: excepts 8, which it does not allow anyway",
    ],
  ])("warns of a map %s", async (_, map, warning) => {
    const { code, err } = await check(map);
    expect(code).toBe(0);
    expect(err).toContain(warning);
  });

  test.each([
    ["an unknown zone", { default: { allow: [7], hours: { tz: "Mars/Olympus" } } }, "default.hours.tz: not an IANA"],
    ["an unknown member", { teams: {} }, "teams: no such member"],
    ["no JSON", "{", "the document: not JSON"],
  ])("refuses %s with its path", async (_, map, fault) => {
    const { code, err } = await check(map);
    expect(code).toBe(1);
    expect(err).toContain(fault);
  });

  test("says where each fault and each remark stands in the file", async () => {
    const text = '{\n  "users": { "41": { "allow": [7], "hours": { "tz": "Mars/Olympus" } } },\n  "teams": {}\n}\n';
    const { err } = await check(text);
    expect(err).toMatch(/users\.41\.hours\.tz: not an IANA.*\(line 2, column \d+\)/);
    expect(err).toMatch(/teams: no such member.*\(line 3, column 3\)/);
    const remarked = await check('{\n  "users": {\n    "41": {}\n  }, "default": { "allow": [7] }\n}\n');
    expect([remarked.code, remarked.err]).toEqual([
      0,
      expect.stringMatching(/users\.41: allows and denies nothing \(line 3, column 5\)/),
    ]);
  });

  test("needs a file", async () => {
    expect(await runCommand(["permissions", "check"])).toMatchObject({ code: 2 });
    expect(await runCommand(["permissions", "check", join(folder, "none.json")])).toMatchObject({
      code: 1,
      err: expect.stringContaining("none.json cannot be read: there is no such file"),
    });
  });
});

describe("config check", () => {
  test("tells what is remarkable, and refuses with the path of each fault", async () => {
    const good = { sources: { vcc: { vendor: "vcc-live", keys: ["bare"] } } };
    expect(await runCommand(["config", "check", write(good)])).toMatchObject({
      code: 0,
      err: expect.stringContaining("sources.vcc.keys.0: a secret in the configuration itself"),
    });
    const bad = { sources: { vcc: { vendor: "acme", keys: ["env:K"] } }, destinations: {} };
    expect(await runCommand(["config", "check", write(bad)])).toMatchObject({
      code: 1,
      err: expect.stringContaining("sources.vcc.vendor:"),
    });
  });
});

describe("the token", () => {
  test("of this machine's relay goes nowhere else, and no token goes unencrypted", async () => {
    expect(
      await runCommand(["permissions", "pull", "--url", "https://relay.example.com"], { ADMIN_TOKEN: undefined }),
    ).toMatchObject({
      code: 1,
      err: "hookswitch: which token? use --token or ADMIN_TOKEN\n",
    });
    expect(
      await runCommand(["permissions", "pull", "--url", "http://relay.example.com", "--token", "t"]),
    ).toMatchObject({
      code: 1,
      err: "hookswitch: http://relay.example.com is not https: the token would be seen\n",
    });
  });
});

describe("a table of agents", () => {
  test("joins the rows of one agent and time span into one rule", () => {
    const rows = readCsv(
      '41,7\r\n41,11,allow\r\n41,12,deny\r\n"k, nora",7,ALLOW,2026-12-01,2026-12-15\r\n\r\n41,13,allow,2026-12-01\r\n',
    );
    expect(importMap(rows)).toEqual({
      map: {
        users: {
          "41": [
            { allow: [7, 11], deny: [12] },
            { allow: [13], from: "2026-12-01" },
          ],
        },
        usernames: { "k, nora": { allow: [7], from: "2026-12-01", until: "2026-12-15" } },
      },
      rows: 5,
      agents: 2,
      projects: 4,
      faults: [],
    });
  });

  test("may name its columns, in any order", () => {
    const rows = readCsv('Project\tAgent\tNote\n*\tivan\t"says ""hello"""\n');
    expect(importMap(rows).map).toEqual({ usernames: { ivan: { allow: "*", note: 'says "hello"' } } });
  });

  test("is refused by line where it makes no sense", () => {
    const rows = readCsv("agent,project,access,from\n,7,allow\n41,,allow\n41,7,perhaps\n41,7,allow,soon\n41,7,allow\n");
    expect(importMap(rows).faults).toEqual([
      "line 2: no agent",
      "line 3: no project",
      'line 4: "perhaps" is neither allow nor deny',
      'line 5: "soon" is not a time, such as 2026-12-01T08:00 or 2026-12-01',
    ]);
  });

  test("with faults is not written", async () => {
    const file = write("agent,project\n41,\n");
    const { code, out, err } = await runCommand(["permissions", "import", file]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain("line 2: no project");
  });
});
