import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { readCsv } from "../../src/cli/permissions/csv.ts";
import { importMap, isHeading } from "../../src/cli/permissions/import-map.ts";
import { decodeFile } from "../../src/cli/relay/decode-file.ts";
import { runCommand } from "./command.ts";

const folder = mkdtempSync(join(tmpdir(), "hookswitch-table-"));
afterAll(() => rmSync(folder, { recursive: true }));

const cellsOf = (text: string) => readCsv(text, isHeading).map(({ cells }) => cells);
const BREAKS = ["\n", "\r\n", "\r"];

describe("a table", () => {
  test.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons", "a;b\n1;2\n"],
    ["tabs", "a\tb\n1\t2\n"],
    ["bars", "a|b\n1|2"],
    ["a semicolon that is named", "sep=;\na;b\n1;2\n"],
    ["a tab that is named", "sep=\t\r\na\tb\r\n1\t2\r\n"],
    ["a comma that is named in quotes", '"sep=,"\na,b\n1,2\n'],
    ["a byte order mark", "\ufeffa;b\r\n1;2\r\n"],
    ["a mark and a named separator", "\ufeffsep=;\r\na;b\r\n1;2"],
    ["old line ends", "a,b\r1,2\r"],
    ["mixed line ends", "a,b\r\n1,2\r\n\r\r\n\n"],
    ["blanks around its cells", ' a , "b" \n 1\t,2 \n'],
  ])("is read with %s", (_, text) => {
    expect(cellsOf(text)).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
  });

  test.each([
    ["a semicolon", '41,7,allow,,,"days off; see list"', ["41", "7", "allow", "", "", "days off; see list"]],
    ["many of them", '41,7,"a;b;c;d;e;f"', ["41", "7", "a;b;c;d;e;f"]],
    [
      "commas, in a table of semicolons",
      '41;7;allow;;;"a, b, c, d, e, f, g"',
      ["41", "7", "allow", "", "", "a, b, c, d, e, f, g"],
    ],
    ["commas without quotes there", "41;7;allow;;;a, b, c", ["41", "7", "allow", "", "", "a, b, c"]],
    ["a tab", '"a\tb",7', ["a\tb", "7"]],
    ["doubled quotes", '"says ""hello""",7', ['says "hello"', "7"]],
    ["a line break", '"first\nsecond",7', ["first\nsecond", "7"]],
  ])("may have in its cells: %s", (_, line, cells) => {
    expect(cellsOf(`${line}\n`)).toEqual([cells]);
    const heading = line.includes(";7;") ? "agent;project" : "agent,project";
    expect(cellsOf(`${heading}\n${line}\n`)[1]).toEqual(cells);
  });

  test("whose heading quotes the other separators goes by its own", () => {
    expect(cellsOf('agent,project,"note; a; b; c; d"\n41,7,x\n')[1]).toEqual(["41", "7", "x"]);
    expect(cellsOf("note: a, b, c;agent;project\nx;41;7\n")[1]).toEqual(["x", "41", "7"]);
  });

  test("counts its lines, also those within cells and the named separator's", () => {
    const text = 'sep=;\nagent;project;note\n\n41;7;"one\ntwo\nthree"\n;;\n42;8;x\n';
    expect(readCsv(text, isHeading).map(({ line }) => line)).toEqual([2, 4, 8]);
    for (const lineEnd of BREAKS) {
      expect(readCsv(text.replaceAll("\n", lineEnd), isHeading).map(({ line }) => line)).toEqual([2, 4, 8]);
    }
  });

  test.each([
    ["a quote that never ends", '41,7\n42,"8\n43,9\n', /line/],
    ["text behind a quote", '41,7\n"4"2,8\n', /line 2/],
  ])("that makes no sense is refused with the line: %s", (_, text, message) => {
    expect(() => readCsv(text)).toThrow(message);
  });

  test("comes back as it was written, whatever its cells are", () => {
    const cell = fc.string({ unit: fc.constantFrom(..."abé7,;\t|\"\n '=-") }).map((text) => text.trim());
    const row = fc.array(cell, { minLength: 1, maxLength: 4 });
    const table = fc.array(row, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(",", ";", "\t", "|"),
        fc.constantFrom(...BREAKS),
        (rows, separator, lineEnd) => {
          const quoted = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(separator));
          const written = [["agent", "project"].join(separator), ...quoted].join(lineEnd);
          const read = cellsOf(written).slice(1);
          expect(read).toEqual(rows.filter((cells) => cells.some((text) => text !== "")));
        },
      ),
    );
  });
});

describe("what a table says", () => {
  test("is of one agent, one name and one project, whatever the spelling", () => {
    const rows = readCsv("041,007\n41,8\n４１,9,deny\nNO\u0301RA,7\nnóra ,8\n");
    expect(importMap(rows)).toMatchObject({
      map: {
        users: { "41": { allow: [7, 8], deny: [9] } },
        usernames: { nóra: { allow: [7, 8] } },
      },
      agents: 2,
      projects: 3,
      faults: [],
    });
  });

  test.each([
    ["41.0,7", '"41.0" is neither the id of an agent nor a user name'],
    ["+41,7", '"+41" is neither'],
    ["4.1E+1,7", '"4.1E+1" is neither'],
    ["j\ufffdrgen,7", "was the table saved in another encoding?"],
    ["41,7.0", '"7.0" is no project id'],
    ['41,"7, 8"', '"7, 8" is no project id'],
  ])("is refused where it is no agent or no project: %s", (line, fault) => {
    const { faults } = importMap(readCsv(`agent,project\n${line}\n`));
    expect(faults).toEqual([expect.stringMatching(/^line 2: /)]);
    expect(faults[0]).toContain(fault);
  });
});

describe("a file", () => {
  const text = "agent;project\r\nJürgen;7\r\n";
  const utf16 = (big: boolean, mark: boolean) => {
    const marked = (mark ? "\ufeff" : "") + text;
    const bytes = new Uint8Array(marked.length * 2);
    const view = new DataView(bytes.buffer);
    for (let n = 0; n < marked.length; n++) view.setUint16(n * 2, marked.charCodeAt(n), !big);
    return bytes;
  };
  const utf8 = new TextEncoder().encode(text);
  const western = Uint8Array.from(text, (letter) => letter.charCodeAt(0));

  test.each([
    ["UTF-8", utf8],
    ["UTF-8 with a mark", new TextEncoder().encode(`\ufeff${text}`)],
    ["UTF-16, little end first, with a mark", utf16(false, true)],
    ["UTF-16, big end first, with a mark", utf16(true, true)],
    ["UTF-16, little end first", utf16(false, false)],
    ["UTF-16, big end first", utf16(true, false)],
  ])("in %s is read as it is", (_, bytes) => expect(decodeFile(bytes, "a.csv")).toBe(text));

  test.each([
    ["windows-1252", "Jürgen", [0x4a, 0xfc, 0x72, 0x67, 0x65, 0x6e]],
    ["windows-1250", "Őrs", [0xd5, 0x72, 0x73]],
    ["iso-8859-2", "Łódź", [0xa3, 0xf3, 0x64, 0xbc]],
    ["windows-1251", "Иван", [0xc8, 0xe2, 0xe0, 0xed]],
    ["windows-1253", "Γιώργος", [0xc3, 0xe9, 0xfe, 0xf1, 0xe3, 0xef, 0xf2]],
    ["windows-1254", "Işık", [0x49, 0xfe, 0xfd, 0x6b]],
  ])("in %s is refused, and read when it is said to be", (encoding, name, bytes) => {
    expect(() => decodeFile(Uint8Array.from(bytes), "a.csv", undefined, "say which")).toThrow(/encoding.*say which/);
    expect(decodeFile(Uint8Array.from(bytes), "a.csv", encoding)).toBe(name);
  });

  test("that is in no encoding at all is refused", () => {
    expect(() => decodeFile(Uint8Array.from([0x61, 0, 0xd8, 0, 0x62]), "a.csv")).toThrow(/encoding/);
    expect(() => decodeFile(utf8, "a.csv", "windows-9")).toThrow(/no such encoding/);
  });

  async function importFile(bytes: Uint8Array, ...rest: string[]) {
    const file = join(folder, "agents.csv");
    writeFileSync(file, bytes);
    return runCommand(["permissions", "import", file, ...rest]);
  }

  test("of another encoding is not imported before it is said which", async () => {
    expect(await importFile(western)).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/is not in the encoding UTF-8: save it as UTF-8, or .*--encoding windows-1252/),
    });
    const { code, out } = await importFile(western, "--encoding", "windows-1252");
    expect([code, JSON.parse(out)]).toEqual([0, { usernames: { jürgen: { allow: [7] } } }]);
    expect(JSON.parse((await importFile(utf16(false, true))).out)).toEqual({ usernames: { jürgen: { allow: [7] } } });
  });

  test.each([
    ["permissions", JSON.stringify({ default: { allow: [1] }, users: { "2": { deny: [1] } } })],
    ["config", JSON.stringify({ sources: { vcc: { vendor: "vcc-live", keys: ["env:K"] } } })],
  ])("%s check reads its file with a mark and in UTF-16, and refuses other encodings", async (command, json) => {
    const check = async (bytes: Uint8Array) => {
      const file = join(folder, "document.json");
      writeFileSync(file, bytes);
      return runCommand([command, "check", file]);
    };
    expect(await check(new TextEncoder().encode(`\ufeff${json}`))).toMatchObject({ code: 0 });
    const marked = Uint16Array.from(`\ufeff${json}`, (letter) => letter.charCodeAt(0));
    expect(await check(new Uint8Array(marked.buffer))).toMatchObject({ code: 0 });
    const foreign = Uint8Array.from(`${json} \u00fc`, (letter) => letter.charCodeAt(0));
    expect(await check(foreign)).toMatchObject({ code: 1, err: expect.stringContaining("encoding") });
  });
});

test.each([
  ["group,project\n3,7", ['line 1: "group, project" looks like headings']],
  [
    "agent,project,hours,except\nnora,*,mon-fri 9-17,66",
    ['no column is called "hours"', 'no column is called "except"'],
  ],
  ["agent,project,valid until\nnora,7,2026-12-01", ['no column is called "valid until"']],
  ["user,campaign\nnora,7", ['"user, campaign" looks like headings']],
  ["benutzer;projekt\nnora;7", ['"benutzer, projekt" looks like headings']],
  ["user,username,project\n41,nora,7", ["two columns are agent"]],
  ["agent,project,\n41,7,deny", ['no column is called ""']],
  ["agent,project\n41,7,deny", ['line 2: "deny" stands in no column']],
  ["agent,project,access,from\n41,7,allow,2026-11-01,2026-11-30", ['line 2: "2026-11-30" stands in no column']],
  ["41,7,allow,,,n,extra", ['line 1: "extra" stands in no column']],
])("headings that nobody knows are no rules, and nothing below them is left out: %s", (table, expected) => {
  const { faults } = importMap(readCsv(table, isHeading));
  expect(faults).toEqual(expected.map((part) => expect.stringContaining(part)));
});

test.each(["userid,projectid\n41,7", "User ID;Project\n41;7", "41,7", "41,*"])("%s is read", (table) => {
  expect(importMap(readCsv(table, isHeading))).toMatchObject({ faults: [], agents: 1 });
});
