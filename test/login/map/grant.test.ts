import { describe, expect, test } from "vitest";
import { amend, readWrittenMap, rulesFor } from "../../../src/login/map/amend.ts";
import { diffPermissions } from "../../../src/login/map/diff.ts";
import { deniedBy, type Grant, grantProject, revokeProject } from "../../../src/login/map/grant.ts";
import { permissions } from "../../../src/login/rules.ts";
import { decideBy, nora } from "../decision.ts";

const who = { section: "users", id: "41" } as const;
const seven: Grant = { ...who, project: "7" };
const written = (map: object) => readWrittenMap(JSON.stringify(map));
const users = (rules?: unknown) => written(rules === undefined ? {} : { users: { "41": rules } });
const granted = (map: object, rules: unknown, project = "7") => {
  const edited = amend(written(map), "users", "41", rules);
  return decideBy(edited, { ...nora, projects: [project] })[project]?.granted;
};

describe("a grant", () => {
  test.each([
    ["begins with a rule of its own", undefined, {}, { allow: [7] }],
    ["joins the projects that are allowed anyway", { allow: [11] }, {}, { allow: [11, 7] }],
    ["that is there already changes nothing", { allow: [11, "7"] }, {}, { allow: [11, "7"] }],
    [
      "leaves rules alone that have terms of their own",
      { allow: [11], until: "2027-01-01" },
      {},
      [{ allow: [11], until: "2027-01-01" }, { allow: [7] }],
    ],
    [
      "with terms is a rule of its own",
      { allow: [11] },
      { from: "2026-12-01", until: "2026-12-15", note: "help" },
      [{ allow: [11] }, { allow: [7], from: "2026-12-01", until: "2026-12-15", note: "help" }],
    ],
    [
      "undoes a deny by name",
      [{ deny: [7, 12], note: "x" }, { deny: [7] }],
      {},
      [{ deny: [12], note: "x" }, { allow: [7] }],
    ],
  ])("%s", (_, before, terms, after) => {
    const rules = grantProject(users(before), { ...seven, ...terms });
    expect(rules).toEqual(after);
    expect(permissions.safeParse({ users: { "41": rules } }).success).toBe(true);
  });

  test("keeps ids as text where a number would lose digits", () => {
    expect(grantProject(users(), { ...who, project: "9007199254740993" })).toEqual({ allow: ["9007199254740993"] });
    expect(grantProject(users(), { ...who, project: "007" })).toEqual({ allow: ["007"] });
  });

  test("tells which denies stand against it", () => {
    const map = written({
      default: { deny: [7] },
      groups: { "3": { deny: "*" } },
      users: { "41": { deny: "*" }, "42": { deny: [7] } },
    });
    expect(deniedBy(map, seven)).toEqual(["default", "groups.3", "users.41"]);
  });
});

describe("a revocation", () => {
  test.each([
    ["removes the project", { users: { "41": { allow: [7, 11] } } }, { allow: [11] }],
    ["leaves no empty rule", { users: { "41": { allow: [7] } } }, undefined],
    ["excepts the project from all", { users: { "41": { allow: "*" } } }, { allow: "*", except: [7] }],
    ["denies what everyone may", { default: { allow: [7] } }, { deny: [7] }],
    ["denies what some group may", { groups: { "3": { allow: "*" } }, users: { "41": { allow: [7] } } }, { deny: [7] }],
    ["denies what the user name may", { usernames: { nora_k: { allow: [7] } } }, { deny: [7] }],
    [
      "joins the projects that are denied anyway",
      { default: { allow: "*" }, users: { "41": { deny: [11] } } },
      { deny: [11, 7] },
    ],
    ["denies nothing that others except", { default: { allow: "*", except: [7] } }, undefined],
  ])("%s", (_, map, after) => {
    const rules = revokeProject(written(map), seven);
    expect(rules).toEqual(after);
    expect(granted(map, rules)).toBe(false);
  });

  test("of a group leaves its members' own rules alone", () => {
    const map = { groups: { "3": { allow: [7, 11] } }, users: { "41": { allow: [7] } } };
    expect(revokeProject(written(map), { section: "groups", id: "3", project: "7" })).toEqual({ allow: [11] });
  });

  test("carries its note", () => {
    const rules = revokeProject(written({ default: { allow: [7] } }), { ...seven, note: "left" });
    expect(rules).toEqual({ deny: [7], note: "left" });
  });
});

describe("an edited map", () => {
  test("has user names in one spelling only", () => {
    const map = written({ usernames: { Nora_K: { allow: [7] } } });
    expect(rulesFor(map, "usernames", "nora_k")).toEqual({ allow: [7] });
    expect(amend(map, "usernames", "NORA_K", { allow: [8] })).toEqual({ usernames: { NORA_K: { allow: [8] } } });
  });

  test("may have ids that are names of an object's own members", () => {
    const map = amend(written({}), "users", "__proto__", { allow: [7] });
    expect(JSON.stringify(map)).toBe('{"users":{"__proto__":{"allow":[7]}}}');
  });
});

describe("the difference of two maps", () => {
  const read = (map: object) => permissions.parse(map);

  test("is told by owner, in words", () => {
    const before = read({ default: { allow: [7] }, users: { "41": { allow: "*", except: [13] } } });
    const after = read({
      default: { allow: [7, 11], hours: { days: ["mon"], start: "08:00" } },
      usernames: { Ivan: [{ allow: [7], until: "2027-01-01", note: "x" }, { deny: "*" }] },
    });
    expect(diffPermissions(before, after)).toEqual([
      { owner: "default", before: "allow 7", after: "allow 7, 11; mon 08:00-24:00" },
      { owner: "users.41", before: "allow * except 13", after: undefined },
      { owner: "usernames.ivan", before: undefined, after: "allow 7; until 2027-01-01 (x) + deny *" },
    ]);
  });

  test("does not depend on how a map was written", () => {
    const one = read({ users: { "41": { allow: [7] } }, usernames: { Nora: { allow: [1] } } });
    const other = read({ usernames: { nora: [{ allow: ["1"] }] }, users: { "41": [{ allow: ["7"] }] } });
    expect(diffPermissions(one, other)).toEqual([]);
  });
});
