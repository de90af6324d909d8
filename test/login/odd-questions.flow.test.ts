import { env } from "cloudflare:workers";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parseJson } from "../../src/events/json.ts";
import { forgetPermissions } from "../../src/login/store/permissions.ts";
import { type Door, openDoor } from "../intake/door.ts";

// Everybody may log in everywhere but agent 41, by id and by name, and the members of group 3.
const map = {
  default: { allow: "*" },
  users: { "41": { deny: "*" } },
  usernames: { nóra: { deny: "*" } },
  groups: { "3": { deny: "*" } },
};
const path = "/in/vcc/project-login?secret-key=vcc-key";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
  forgetPermissions();
  await env.PERMISSIONS.put("vcc", JSON.stringify(map));
});
afterEach(() => door.settle());

/** Members of a question in their order, each with its JSON text; a name may come again. */
type Members = readonly (readonly [name: string, json: string])[];
type Answer = Record<string, unknown> | number;

async function answerOf(response: Promise<Response>): Promise<Answer> {
  const answered = await response;
  const text = await answered.text();
  return answered.status === 200 ? JSON.parse(text) : answered.status;
}

const jsonOf = (members: Members) => `{${members.map(([name, json]) => `${JSON.stringify(name)}:${json}`).join(",")}}`;

/** The parameters that PHP makes of the members; what forms cannot say is said by its JSON text. */
function parametersOf(members: Members): [string, string][] {
  const flat = (name: string, value: unknown): [string, string][] => {
    if (Array.isArray(value)) return value.flatMap((item, n) => flat(`${name}[${n}]`, item));
    if (JSON.isRawJSON(value)) return [[name, value.rawJSON]];
    if (typeof value === "object" && value !== null) {
      return Object.entries(value).flatMap(([key, item]) => flat(`${name}[${key}]`, item));
    }
    return [[name, typeof value === "string" ? value : String(value)]];
  };
  return members.flatMap(([name, json]) => flat(name, parseJson(json)));
}

function utf16(text: string): Uint8Array {
  const codes = Uint16Array.from(`\uFEFF${text}`, (_, n) => `\uFEFF${text}`.charCodeAt(n));
  return new Uint8Array(codes.buffer);
}

const post = (method: string, body: BodyInit, type: string) => () =>
  door.knock(path, { method, body, headers: { "content-type": type } });

/** All the ways in which a question may come. */
function waysOf(members: Members): Record<string, () => Promise<Response>> {
  const json = jsonOf(members);
  const form = new URLSearchParams(parametersOf(members)).toString();
  const multipart = new FormData();
  for (const [name, value] of parametersOf(members)) multipart.append(name, value);
  return {
    "JSON by POST": post("POST", json, "application/json"),
    "JSON by PUT, unlabelled": post("PUT", json, "text/plain"),
    "JSON in UTF-16": post("POST", utf16(json), "application/json; charset=utf-16"),
    "a form by POST": post("POST", form, "application/x-www-form-urlencoded"),
    "a form by PUT": post("PUT", form, "application/x-www-form-urlencoded; charset=utf-8"),
    "a multipart form": () => door.knock(path, { method: "POST", body: multipart }),
    "a query": () => door.knock(`${path}&${form}`),
  };
}

const text = (value: unknown) => JSON.stringify(value);

/** What stands for agent 41 and is no plain spelling of it. */
const ODD_IDS = [
  "[41]",
  '["41"]',
  "[41,41]",
  '{"id":41}',
  '{"0":41}',
  "[]",
  "true",
  "false",
  "41.0",
  "4.1e1",
  "41e0",
  "-41",
  "410e-1",
  ...[
    "41.0",
    "4.1e1",
    "+41",
    "-41",
    "-1",
    "0x29",
    "0b101001",
    "0o51",
    "41.",
    ".41e2",
    "41,0",
    "4 1",
    "41,42",
    "[41]",
    "#41",
  ].map(text),
  ...["41\u0000", "4\u200b1", "41\ufffd", "४१", "\ud800", "41;", "'41'", '"41"', "true", "NaN", "41n", "41px"].map(
    text,
  ),
  text("4".repeat(300)),
  text(`${"0".repeat(500)}41`),
];
const ODD_NAMES = [
  '["nóra"]',
  '{"name":"nóra"}',
  "[]",
  "true",
  "4.5",
  "-1",
  ...["nóra\u0000", "n\u200bóra", "n\ufffdra", "\ud800nóra", "nó\u00adra", "x".repeat(300)].map(text),
];
const ODD_PROJECTS = [
  '{"id":8}',
  "[8,9]",
  "true",
  "false",
  "null",
  "8.0",
  "8e0",
  "-8",
  "0.8e1",
  ...["8.0", "8e0", "+8", "0x8", "8;9", "8 9", "", " ", "null", "on", "\ufffd", "8\u0000", "9".repeat(300)].map(text),
];

const asked: Members = [
  ["projectId", "7"],
  ["secondaryProjectIds", "[11,12]"],
];
const refused = { "7": false, "11": false, "12": false };
const granted = { "7": true, "11": true, "12": true };

/** Asks in every way that is meant, and expects one answer of all. */
async function expectOfAll(members: Members, answer: Answer, isMeant: (way: string) => boolean = () => true) {
  for (const [way, ask] of Object.entries(waysOf(members)).filter(([way]) => isMeant(way))) {
    expect([way, members, await answerOf(ask())]).toEqual([way, members, answer]);
  }
}

const isJson = (way: string) => way.startsWith("JSON");
/** Forms have no empty list, and all that they have is text. */
const isSaid = (member: string, json: string) => (way: string) =>
  isJson(way) || (json !== "[]" && !(member === "username" && /^[-\dt]/.test(json)));

describe("a member that is there and cannot be read makes every answer false", () => {
  test.each([
    ["userId", ODD_IDS, ["groupId", "4"]],
    ["userId", ODD_IDS, ["username", '"eve"']],
    ["username", ODD_NAMES, ["userId", "42"]],
    ["groupId", ODD_IDS, ["userId", "42"]],
  ] as const)("%s, whatever its form (%#)", async (member, odd, beside) => {
    for (const json of odd) await expectOfAll([...asked, beside, [member, json]], refused, isSaid(member, json));
  });

  test.each([
    [
      "the same id",
      [
        ["userId", "42"],
        ["userId", "42"],
      ],
    ],
    [
      "another id first",
      [
        ["userId", "41"],
        ["userId", "42"],
      ],
    ],
    [
      "another id last",
      [
        ["userId", "42"],
        ["userId", "41"],
      ],
    ],
    [
      "one that is absent",
      [
        ["userId", "42"],
        ["userId", "null"],
      ],
    ],
    [
      "in two spellings",
      [
        ["userId", "42"],
        ["userid", "42"],
      ],
    ],
    [
      "in two other spellings",
      [
        ["user_id", "41"],
        ["USERID", "42"],
      ],
    ],
    [
      "escaped",
      [
        ["userId", "42"],
        ["user\\u0049d", "41"],
      ],
    ],
    [
      "nearly in its own spelling",
      [
        ["userId", "42"],
        ["user-id", "41"],
      ],
    ],
    [
      "with a blank defer",
      [
        ["username", '"eve"'],
        ["userId ", "41"],
      ],
    ],
    [
      "with half a bracket",
      [
        ["username", '"eve"'],
        ["userId[", "41"],
      ],
    ],
    [
      "as a name",
      [
        ["username", '"eve"'],
        ["userName", '"eve"'],
      ],
    ],
    [
      "as a group",
      [
        ["userId", "42"],
        ["groupId", "4"],
        ["groupid", "3"],
      ],
    ],
  ] as const)("the agent twice: %s", async (_, members) => {
    const written = members.map(([name, json]): [string, string] => [name.replace("\\u0049", "I"), json]);
    const json = jsonOf([...asked, ...members]).replace("user\\\\u0049d", "user\\u0049d");
    expect(await answerOf(door.knock(path, { method: "POST", body: json }))).toEqual(refused);
    // A form sends no null.
    await expectOfAll([...asked, ...written], refused, (way) => isJson(way) || !json.includes("null"));
  });

  test("a project, in whatever way it is none", async () => {
    for (const json of ODD_PROJECTS) {
      const members: Members = [
        ["projectId", "7"],
        ["userId", "42"],
        ["secondaryProjectIds", `[11,${json}]`],
      ];
      await expectOfAll(members, { "7": false, "11": false }, (way) => isJson(way) || !/^(null|\[)/.test(json));
    }
  });

  test.each([
    [
      "an object as the primary project",
      [
        ["projectId", '{"id":7}'],
        ["secondaryProjectIds", "[11]"],
      ],
      { "11": false },
    ],
    [
      "a yes to a project",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '{"8":true}'],
      ],
      { "7": false },
    ],
    [
      "a 1 to a project",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '{"8":1,"9":0}'],
      ],
      { "7": false },
    ],
    [
      "a list in a list",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", "[[8,9]]"],
      ],
      { "7": false },
    ],
    [
      "objects in a list",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '[{"id":8}]'],
      ],
      { "7": false },
    ],
    [
      "a list as the primary project's text",
      [
        ["projectId", '"7,11"'],
        ["secondaryProjectIds", '"12"'],
      ],
      { "12": false },
    ],
    [
      "JSON text that is broken",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '"[11,12"'],
      ],
      { "7": false },
    ],
    [
      "JSON text with a hole",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '"[11,null]"'],
      ],
      { "7": false, "11": false },
    ],
    [
      "comma text with a hole",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", '"11,,12"'],
      ],
      refused,
    ],
    [
      "a boolean",
      [
        ["projectId", "7"],
        ["secondaryProjectIds", "false"],
      ],
      { "7": false },
    ],
    ["projects in two spellings", [...asked, ["secondary_project_ids", "[13]"]], { ...refused, "13": false }],
  ] as const)("%s", async (what, members, answer) => {
    // In a form a list with gaps may be just that.
    await expectOfAll([...members, ["userId", "42"]], answer, (way) => isJson(way) || what !== "a 1 to a project");
  });

  test("an object that repeats a name in JSON", async () => {
    const body = '{"projectId":7,"userId":42,"secondaryProjectIds":{"3":11,"3":12}}';
    expect(await answerOf(door.knock(path, { method: "POST", body }))).toEqual({ "7": false, "12": false });
  });

  test("parameters over the limits, wherever the agent stands", async () => {
    const many = Array.from({ length: 998 }, (_, n) => `secondaryProjectIds[]=${100 + n}`);
    const form = ["projectId=7", ...many, "x=1", "userId=42"].join("&");
    const refusals = [
      await answerOf(door.knock(path, { method: "POST", body: form })),
      await answerOf(door.knock(path, { method: "POST", body: `projectId=7&userId=42&x=1&${many.join("&")}` })),
      await answerOf(
        door.knock(`${path}&projectId=7&userId=42&secondaryProjectIds[]=11&customData[a][b][c][d][e][f]=1`),
      ),
    ];
    expect(refusals.map((answer) => Object.keys(Object(answer)).length)).toEqual([999, 998, 2]);
    expect(refusals.flatMap((answer) => Object.values(Object(answer))).every((one) => one === false)).toBe(true);
  });

  test("a name whose letters were lost on the way", async () => {
    const form = Uint8Array.from("projectId=7&username=n?ra", (letter) =>
      letter === "?" ? 0xf3 : letter.charCodeAt(0),
    );
    for (const body of [form, "projectId=7&username=n%F3ra"]) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      expect(await answerOf(door.knock(path, { method: "POST", body, headers }))).toEqual({ "7": false });
    }
  });

  test("nested so deeply that it can hardly be read", async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
    const body = `{"projectId":7,"userId":41,"userId":42,"customData":${deep}}`;
    expect(await answerOf(door.knock(path, { method: "POST", body }))).toEqual({ "7": false });
  });

  test("in ten thousand spellings, in no more time than it takes to read them", async () => {
    const marks = Array.from({ length: 34 }, (_, n) => "_".repeat(n));
    const spelled = marks.flatMap((one) => marks.flatMap((two) => marks.map((three) => `u${one}s${two}e${three}rId`)));
    const began = performance.now();
    const body = `{"projectId":7,${spelled
      .slice(0, 10_000)
      .map((name) => `"${name}":42`)
      .join(",")}}`;
    expect(await answerOf(door.knock(path, { method: "POST", body }))).toEqual({ "7": false });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("says so in log, event and explanation", async () => {
    await door.post(path, { projectId: 7, userId: [41], username: "eve", secondaryProjectIds: [] });
    await door.settle();
    const line = door.lines.find((one) => one.includes("login.decided"));
    expect(line).toContain('"granted":false,"unreadable":["userId"]');
    expect(door.queued).toMatchObject([
      {
        warnings: ["question_unreadable"],
        login: { granted: false, projects: { "7": false }, rules: { "7": "unreadable" }, unreadable: ["userId"] },
      },
    ]);
  });
});

describe("a question that can be read", () => {
  const absent = ["null", '""', '" "', '"null"', "0", '"0"', '"000"'];

  test.each([
    ["by id", ["userId"], "username"],
    ["by name", ["username"], "userId"],
  ])("names the agent %s alone: what is absent does not count", async (_, [own = ""], other) => {
    for (const json of other === "username" ? absent.slice(0, 6) : absent) {
      const agent: Members = [
        [own, own === "userId" ? "42" : '"eve"'],
        [other, json],
        ["groupId", "null"],
      ];
      // A form has no null; its text is the word.
      await expectOfAll([...asked, ...agent], granted);
      const denied: Members = [
        [own, own === "userId" ? "41" : '"nóra"'],
        [other, json],
      ];
      await expectOfAll([...asked, ...denied], refused);
    }
  });

  test.each([
    ["nobody", [...asked, ["groupId", "4"]]],
    ["nobody who is there", [...asked, ["userId", "0"], ["username", '""']]],
    ["nobody, and an odd group", [...asked, ["groupId", "[3]"]]],
    [
      "no project",
      [
        ["userId", "42"],
        ["secondaryProjectIds", "[]"],
      ],
    ],
    [
      "no project that can be named",
      [
        ["userId", "42"],
        ["projectId", '{"id":7}'],
      ],
    ],
  ] as const)("is refused with 422 when it names %s", async (_, members) => {
    await expectOfAll(members, 422, (way) => isJson(way) || !jsonOf(members).includes("[]"));
  });

  test("has project 0 like any other", async () => {
    await expectOfAll(
      [
        ["projectId", "0"],
        ["secondaryProjectIds", '["00",7]'],
        ["userId", "42"],
      ],
      {
        "0": true,
        "00": true,
        "7": true,
      },
    );
  });

  const blank = fc.constantFrom("", " ", "  ", "\t", "\u00a0", "\u3000", "\u0085");
  const wide = (digits: string) => digits.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));
  const spellings = (id: number) =>
    fc.oneof(
      fc.constant(String(id)),
      fc
        .tuple(blank, fc.constantFrom("", "0", "000"), blank, fc.boolean())
        .map(([before, zeros, after, isWide]) => text(before + (isWide ? wide(zeros + id) : zeros + id) + after)),
    );
  const names = (name: string) =>
    fc
      .tuple(blank, fc.constantFrom("NFC", "NFD", "NFKC", "NFKD"), fc.boolean(), blank)
      .map(([before, form, isUpper, after]) =>
        text(before + (isUpper ? name.toUpperCase() : name).normalize(form) + after),
      );
  const ways = Object.keys(waysOf([]));
  const memberNames = {
    projectId: fc.constantFrom("projectId", "projectid", "project_id", "PROJECTID"),
    userId: fc.constantFrom("userId", "userid", "user_id"),
    username: fc.constantFrom("username", "userName", "USERNAME"),
  };

  test("has one answer in all its plain spellings, and whoever is denied is denied in all of them", async () => {
    const agents = fc.constantFrom(
      { id: 42, name: "eve", isDenied: false },
      { id: 41, name: "eve", isDenied: true },
      { id: 42, name: "nóra", isDenied: true },
    );
    const question = agents.chain(({ id, name, isDenied }) =>
      fc.record({
        isDenied: fc.constant(isDenied),
        project: fc.tuple(memberNames.projectId, spellings(7)),
        secondary: spellings(11),
        list: fc.constantFrom("list", "text", "json"),
        agent: fc.tuple(memberNames.userId, spellings(id)),
        name: fc.tuple(memberNames.username, names(name)),
        group: spellings(4),
        way: fc.constantFrom(...ways),
      }),
    );
    await fc.assert(
      fc.asyncProperty(question, async ({ isDenied, project, secondary, list, agent, name, group, way }) => {
        const second = JSON.parse(secondary);
        const secondaries = { list: [second], text: `${second},12`, json: `[${secondary},12]` }[list];
        const members: Members = [project, ["secondaryProjectIds", text(secondaries)], agent, name, ["groupId", group]];
        const answer = await answerOf(waysOf(members)[way]?.() ?? door.knock(path));
        const trimmed = (json: string) => String(JSON.parse(json)).replaceAll("\u0085", " ").trim();
        const keys = [trimmed(project[1]), trimmed(secondary), ...(list === "list" ? [] : ["12"])];
        expect(answer).toEqual(Object.fromEntries(keys.map((key) => [key, !isDenied])));
      }),
      { numRuns: 300 },
    );
  });

  test("of ten thousand projects is answered for each", async () => {
    const secondaryProjectIds = Array.from({ length: 10_000 }, (_, n) => n + 1000);
    const began = performance.now();
    const answer = await answerOf(door.post(path, { projectId: 7, userId: 42, secondaryProjectIds }));
    expect(performance.now() - began).toBeLessThan(3000);
    expect(Object.values(Object(answer)).filter((one) => one === true)).toHaveLength(10_001);
  });
});
