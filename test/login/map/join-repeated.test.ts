import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { amend, readWrittenMap, rulesFor } from "../../../src/login/map/amend.ts";
import { checkPermissions } from "../../../src/login/map/check.ts";
import { parsePermissions } from "../../../src/login/store/parse-permissions.ts";
import { decideBy, nora } from "../decision.ts";

const projects = ["7", "8", "9"];
const question = { ...nora, projects };
const grantedBy = (document: object | string) =>
  Object.entries(decideBy(document, question)).flatMap(([project, { granted }]) => (granted ? [project] : []));

describe("a name that stands twice in a map", () => {
  test.each([
    ["an agent, denied first", '"users":{"41":{"deny":"*"},"41":{"allow":[8]}}', "users.41", []],
    ["an agent, denied last", '"users":{"41":{"allow":[8]},"41":{"deny":[7]}}', "users.41", ["8", "9"]],
    ["an agent by an escape", '"users":{"41":{"deny":[7]},"4\\u0031":{"deny":[8]}}', "users.41", ["9"]],
    ["an agent, three times", '"users":{"41":{"deny":[7]},"41":{"deny":[8]},"41":[{"deny":[9]}]}', "users.41", []],
    ["a user name", '"usernames":{"nora_k":{"deny":[7]},"nora_k":{}}', "usernames.nora_k", ["8", "9"]],
    ["a group", '"groups":{"3":[{"deny":[7]}],"3":{"deny":[8]}}', "groups.3", ["9"]],
    ["a part", '"users":{"41":{"deny":[7]}},"users":{"42":{"deny":[8]}}', "users", ["8", "9"]],
    ["a part, and an agent in it", '"users":{"41":{"deny":[7]}},"users":{"41":{"deny":[8]}}', "users", ["9"]],
    ["everyone", '"default":{"deny":[7]}', "default", ["8", "9"]],
    ["a deny in a rule", '"users":{"41":{"deny":[7],"deny":[8]}}', "users.41.deny", ["9"]],
    ["a deny of all", '"users":{"41":{"deny":"*","deny":[8]}}', "users.41.deny", []],
    ["a deny in one of several rules", '"users":{"41":[{},{"deny":[7],"deny":[8]}]}', "users.41.1.deny", ["9"]],
    [
      "the beginning of a deny",
      '"users":{"41":{"deny":[7],"from":"2030-01-01","from":"2020-01-01"}}',
      "users.41.from",
      ["8", "9"],
    ],
    [
      "the end of a deny",
      '"users":{"41":{"deny":[7],"until":"2030-01-01","until":"2020-01-01"}}',
      "users.41.until",
      ["8", "9"],
    ],
    ["the hours of a deny", '"users":{"41":{"deny":[7],"hours":{},"hours":{"days":[]}}}', "users.41.hours", ["8", "9"]],
    [
      "days in the hours of a deny",
      '"users":{"41":{"deny":[7],"hours":{"days":["fri"],"days":[]}}}',
      "users.41.hours.days",
      ["8", "9"],
    ],
    ["a note", '"users":{"41":{"deny":[7],"note":"a","note":"b"}}', "users.41.note", ["8", "9"]],
  ])("is a fault, and what either denies is denied: %s", (_, json, path, granted) => {
    const text = `{"default":{"allow":"*"},${json}}`;
    expect(parsePermissions(text)).toMatchObject({
      state: "faulty",
      faults: expect.arrayContaining([{ path, message: expect.stringContaining("twice") }]),
    });
    expect(grantedBy(text)).toEqual(granted);
  });

  test.each([
    ["allows what both allow", '{"default":{"allow":[7,8],"allow":[8,9]}}', ["8"]],
    ["allows what one names of all", '{"default":{"allow":[7],"allow":"*"}}', ["7"]],
    ["allows the same in another spelling", '{"default":{"allow":["07"],"allow":[7]}}', ["7"]],
    ["allows nothing but what no except takes out", '{"default":{"allow":"*","except":[7],"except":[8]}}', ["9"]],
    [
      "allows nothing at a time that is not clear",
      '{"default":{"allow":[7],"from":"2020-01-01","from":"2030-01-01"}}',
      [],
    ],
  ])("in one rule %s", (_, text, granted) => expect(grantedBy(text)).toEqual(granted));

  test("does not make a map valid that is none", () => {
    for (const text of [
      '{"users":{"41":{}},"users":7}',
      '{"users":7,"users":{"41":{}}}',
      '{"users":{"41":{"deny":7,"deny":[7]}}}',
    ]) {
      expect(parsePermissions(text).state).toBe("invalid");
    }
  });

  const lists = fc.constantFrom<unknown>([], [7], [8], [7, 9], "*");
  const rule = fc.record({ allow: lists, deny: lists, except: fc.constantFrom([], [8]) }, { requiredKeys: [] });
  const rules = fc.oneof(rule, fc.array(rule, { maxLength: 2 }));
  const owner = fc.constantFrom(["users", "41"], ["usernames", "nora_k"], ["groups", "3"]);

  test("never lets in whom either of them denies", () => {
    fc.assert(
      fc.property(owner, rules, rules, rules, ([part, id], one, other, everyones) => {
        const [first, second] = [JSON.stringify(one), JSON.stringify(other)];
        const start = `{"default":${JSON.stringify(everyones)},"${part}":{`;
        const inPart = decideBy(`${start}"${id}":${first},"${id}":${second}}}`, question);
        const twoParts = decideBy(`${start}"${id}":${first}},"${part}":{"${id}":${second}}}`, question);
        const alone = [first, second].map((own) => decideBy(`${start}"${id}":${own}}}`, question));
        expect(twoParts).toEqual(inPart);
        for (const project of projects) {
          const isDenied = alone.some((decisions) => decisions[project]?.rule.endsWith("deny"));
          if (isDenied) expect(inPart[project]?.granted).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("is joined, too, when the map is edited", () => {
    const map = readWrittenMap('{"users":{"41":{"deny":[7]},"42":{"deny":"*"},"41":{"allow":[8]}}}');
    expect(rulesFor(map, "users", "41")).toEqual([{ deny: [7] }, { allow: [8] }]);
    expect(amend(map, "users", "43", { deny: [1] })).toEqual({
      users: { "41": [{ deny: [7] }, { allow: [8] }], "42": { deny: "*" }, "43": { deny: [1] } },
    });
  });
});

describe("two spellings of one agent or group", () => {
  const now = Date.parse("2026-11-20T09:00:00Z");

  test.each([
    ["users", '{"users":{"41":{"deny":[7]},"041":{"deny":[8]},"４１":{"deny":[9]}}}', ["users.041", "users.４１"]],
    ["usernames", '{"usernames":{"Nora_K":{"deny":[7]},"nora_k ":{"deny":[8]}}}', ["usernames.nora_k "]],
    ["groups", '{"groups":{"3":{"deny":[7]}," 03":{"deny":[8]}}}', ["groups. 03"]],
  ])("count together, which is remarked on: %s", (_, text, paths) => {
    const parsed = parsePermissions(text);
    if (parsed.state !== "valid") throw new Error("two spellings are no fault");
    const findings = checkPermissions({ ...parsed.value, default: { allow: "*" } }, "UTC", now);
    expect(findings.map(({ path, code }) => [path, code])).toEqual(paths.map((path) => [path, "spelled_twice"]));
    expect(grantedBy({ ...JSON.parse(text), default: { allow: "*" } })).toEqual(projects.slice(paths.length + 1));
  });

  test("are one when the map is edited", () => {
    const map = readWrittenMap('{"users":{"41":{"deny":[7]},"041":{"deny":[8]}}}');
    expect(rulesFor(map, "users", " 41")).toEqual([{ deny: [7] }, { deny: [8] }]);
    expect(amend(map, "users", "0041", { deny: "*" })).toEqual({ users: { "0041": { deny: "*" } } });
  });
});

describe("what no question can name", () => {
  test("is remarked on with its path", () => {
    const document = {
      default: { allow: ["7", "8.0", "a b"], deny: ["99"] },
      users: { "41.0": { deny: "*" as const }, "": { deny: ["7"] } },
      usernames: { "n\u200bora": { deny: ["7"] }, "nóra k": { deny: ["7"] } },
    };
    const found = checkPermissions(document, "UTC", Date.now()).map(({ path, code }) => [path, code]);
    expect(found).toEqual([
      ["default.allow.1", "matches_nothing"],
      ["default.allow.2", "matches_nothing"],
      ["users.41.0", "matches_nobody"],
      ["users.", "matches_nobody"],
      ["usernames.n\u200bora", "matches_nobody"],
    ]);
  });
});
