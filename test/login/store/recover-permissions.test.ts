import { describe, expect, test } from "vitest";
import { compilePermissions } from "../../../src/login/compile.ts";
import { decide } from "../../../src/login/decide.ts";
import { parsePermissions } from "../../../src/login/store/parse-permissions.ts";
import { recoverPermissions } from "../../../src/login/store/recover-permissions.ts";
import { nora } from "../decision.ts";

const at = Date.parse("2026-11-20T09:00:00Z");
const decideIn = (document: object, ...projects: string[]) => {
  const permissions = compilePermissions(recoverPermissions(JSON.stringify(document)), "Europe/Budapest");
  return Object.fromEntries(decide(permissions, { ...nora, projects }, at));
};
const granted = (rule: object) => {
  const decisions = Object.entries(decideIn({ users: { "41": rule } }, "7", "8"));
  return decisions.flatMap(([project, one]) => (one.granted ? [project] : []));
};
const denied = (rule: object) => {
  const document = { default: { allow: "*" }, users: { "41": rule } };
  return Object.entries(decideIn(document, "7", "8")).flatMap(([project, one]) => (one.granted ? [] : [project]));
};

describe("a map of another version of hookswitch", () => {
  test("that this one takes is read alike", () => {
    const text = JSON.stringify({
      default: { allow: [7], until: "2027-01-01", note: "x" },
      groups: {
        "3": [
          { allow: "*", except: ["8"] },
          { deny: [9], hours: { days: ["fri"], start: "08:00", end: "09:00" } },
        ],
      },
      usernames: { Nora_K: { deny: [11], from: "soon" } },
    });
    const parsed = parsePermissions(text);
    if (parsed.state === "invalid") throw new Error("not a map of this version");
    const [one, other] = [parsed.value, recoverPermissions(text)].map((map) => compilePermissions(map, "UTC"));
    expect(other).toEqual(one);
  });

  test.each([
    ["members of a rule", { allow: [7], badge: "blue", levels: { a: 1 } }, ["7"]],
    ["members of hours", { allow: [7], hours: { days: ["fri"], weeks: [1, 2] } }, ["7"]],
    ["a note of another form", { allow: [7], note: { text: "x" } }, ["7"]],
    ["rules of another form in a list", [{ allow: [7] }, "vip", null, 5], ["7"]],
    ["nulls", { allow: [7], deny: null, except: null, from: null, hours: null, note: null }, ["7"]],
    ["one project without a list", { allow: 7 }, ["7"]],
    ["projects of another form", { allow: [7, { id: 8 }] }, ["7"]],
  ])("is in force without what is not known: %s", (_, rule, projects) => expect(granted(rule)).toEqual(projects));

  test.each([
    ["an except of another form", { allow: "*", except: { ids: [8] } }],
    ["a time of another form", { allow: [7, 8], from: 1_796_000_000_000 }],
    ["an end of another form", { allow: [7, 8], until: { at: "2030" } }],
    ["hours of another form", { allow: [7, 8], hours: "office" }],
    ["days of another form", { allow: [7, 8], hours: { days: ["monday"] } }],
    ["projects that are no list", { allow: { ids: [7] } }],
  ])("allows nothing by what is not understood: %s", (_, rule) => expect(granted(rule)).toEqual([]));

  test.each([
    ["a deny of another form", { deny: { ids: [7] } }],
    ["an item of another form", { deny: [{ id: 7 }] }],
    ["all, at a time of another form", { deny: "*", from: 1_796_000_000_000 }],
    ["all, at hours of another form", { deny: "*", hours: [1, 2] }],
  ])("denies everything by what is not understood: %s", (_, rule) => expect(denied(rule)).toEqual(["7", "8"]));

  test("keeps its parts when others are of another form", () => {
    expect(
      decideIn({ default: { allow: [7] }, users: [], groups: { "3": { deny: [8] } }, teams: 1 }, "7", "8"),
    ).toEqual({
      "7": { granted: true, rule: "default allow" },
      "8": { granted: false, rule: "groups.3 deny" },
    });
    for (const document of [[], 7, null, "x"]) {
      expect(
        decide(
          compilePermissions(recoverPermissions(JSON.stringify(document)), "UTC"),
          { ...nora, projects: ["7"] },
          at,
        ),
      ).toEqual(new Map([["7", { granted: false, rule: "none" }]]));
    }
  });
});
