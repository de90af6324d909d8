import { describe, expect, it } from "vitest";
import { countDifference, tellDifference } from "../../../src/login/map/count-difference.ts";
import { diffPermissions } from "../../../src/login/map/diff.ts";
import type { PermissionsDocument } from "../../../src/login/rules.ts";

const tell = (before: PermissionsDocument, after: PermissionsDocument) =>
  tellDifference(countDifference(before, after, diffPermissions(before, after)));

describe("what differs between two maps, in words", () => {
  it.each<[string, PermissionsDocument, PermissionsDocument]>([
    ["no rule differs", { users: { "41": { allow: ["7"] } } }, { users: { "041": [{ allow: ["07"] }] } }],
    ["12 grants added", {}, { groups: { "3": { allow: Array.from({ length: 12 }, (_, id) => String(id)) } } }],
    ["1 grant added, 2 grants taken away", { users: { a: { allow: ["1", "2"] } } }, { users: { a: { allow: "*" } } }],
    ["1 denial added", {}, { default: { deny: ["7"] } }],
    ["1 grant taken away", { users: { a: { allow: ["7"] } } }, { users: { a: { allow: ["7"], except: ["7"] } } }],
    [
      "1 denial taken away, 1 owner with other times or notes",
      { usernames: { Nora: { deny: ["1"] }, ivan: { allow: ["1"] } } },
      { usernames: { ivan: { allow: ["1"], until: "2027-01-01" } } },
    ],
  ])("%s", (words, before, after) => expect(tell(before, after)).toBe(words));
});
