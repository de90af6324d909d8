import { describe, expect, test } from "vitest";
import * as z from "zod";
import { permissions } from "../../src/login/rules.ts";
import { parsePermissions } from "../../src/login/store/parse-permissions.ts";

const faultsOf = (document: unknown) => {
  const parsed = parsePermissions(JSON.stringify(document));
  return parsed.state === "valid" ? [] : parsed.faults.map(({ path }) => path);
};

describe("a document is valid", () => {
  test.each([
    ["when it is empty", {}],
    ["with its schema named", { $schema: "https://example.com/schemas/permissions.json" }],
    ["with one rule", { default: { allow: "*" } }],
    ["with a list of rules", { users: { "41": [{ allow: [7, "11"] }, { deny: "*", note: "left in May" }] } }],
    ["with times", { default: { allow: [7], from: "2026-12-01T08:00:00.5Z", until: "2026-12-02T08:00:00+01:00" } }],
    ["with times without zone", { default: { allow: [7], from: "2026-12-01", until: "2026-12-24 18:00" } }],
    [
      "with hours",
      { default: { hours: { tz: "America/Chicago", days: ["mon", "sun"], start: "00:00", end: "24:00" } } },
    ],
  ])("%s", (_, document) => expect(faultsOf(document)).toEqual([]));
});

describe("a fault is named with its path", () => {
  test.each([
    ["", []],
    ["user", { user: {} }],
    ["users", { users: [] }],
    ["users.41", { users: { "41": "*" } }],
    ["users.41.alow", { users: { "41": { alow: [7] } } }],
    ["users.41.1.allowed", { users: { "41": [{ allow: [7] }, { until: "2027-01-01", allowed: [7] }] } }],
    ["users.41.allow", { users: { "41": { allow: 7 } } }],
    ["users.41.allow", { users: { "41": { allow: "7" } } }],
    ["users.41.allow.1", { users: { "41": { allow: [7, null] } } }],
    ["users.41.allow.0", { users: { "41": { allow: [7.5] } } }],
    ["users.41.allow.0", { users: { "41": { allow: [""] } } }],
    ["users.41.deny.0", { users: { "41": { deny: ["*"] } } }],
    ["users.41.except", { users: { "41": { allow: "*", except: "*" } } }],
    ["groups.3.from", { groups: { "3": { allow: "*", from: "tomorrow" } } }],
    ["groups.3.from", { groups: { "3": { allow: "*", from: "2026-02-30T08:00" } } }],
    ["groups.3.from", { groups: { "3": { allow: "*", from: "2026-02-03T25:00" } } }],
    ["groups.3.from", { groups: { "3": { allow: "*", from: "2026-02-03T08:00[Europe/Budapest]" } } }],
    ["groups.3.until", { groups: { "3": { allow: "*", until: 1796000000000 } } }],
    ["default.hours.start", { default: { allow: "*", hours: { start: "8:00", end: "16:00" } } }],
    ["default.hours.end", { default: { allow: "*", hours: { start: "08:00", end: "24:01" } } }],
    ["default.hours.tz", { default: { allow: "*", hours: { tz: "Europe/Nowhere", start: "08:00", end: "16:00" } } }],
    ["default.hours.days.1", { default: { allow: "*", hours: { days: ["mon", "monday"] } } }],
    ["usernames.nora_k.hours.from", { usernames: { nora_k: { hours: { from: "08:00" } } } }],
  ])("%s", (path, document) => expect(faultsOf(document)).toEqual([path]));

  test("with what may have been meant, also where a rule or a list of rules may stand", () => {
    const document = { users: { "41": { alow: [7] }, "42": [{ allow: "*", exept: [7] }] }, username: {} };
    const parsed = parsePermissions(JSON.stringify(document));
    expect(parsed.state === "valid" ? [] : parsed.faults.map(({ path, near }) => [path, near])).toEqual([
      ["users.41.alow", "allow"],
      ["users.42.0.exept", "except"],
      ["username", "usernames"],
    ]);
  });

  test("of the schema, which makes a document invalid, or beyond it, which makes it faulty", () => {
    const stateOf = (rule: object) => parsePermissions(JSON.stringify({ users: { "41": rule } })).state;
    for (const rule of [
      { allow: 7 },
      { hours: { start: "8:00" } },
      { from: 1796000000000 },
      { hours: { days: ["m"] } },
    ]) {
      expect(stateOf(rule)).toBe("invalid");
    }
    for (const rule of [{ from: "soon" }, { until: "2026-02-30" }, { hours: { tz: "Mars" } }, { deny: ["*"] }]) {
      expect(stateOf(rule)).toBe("faulty");
    }
  });

  test("several at once", () => {
    expect(faultsOf({ default: { allow: 7 }, users: { "41": { deny: [null], from: "soon" } } })).toEqual([
      "default.allow",
      "users.41.deny.0",
      "users.41.from",
    ]);
  });
});

test("the published JSON Schema is made from it", () => {
  const schema = z.toJSONSchema(permissions, { io: "input" });
  expect(schema).toMatchObject({ type: "object", additionalProperties: false });
  expect(Object.keys(schema.properties ?? {})).toEqual(["$schema", "default", "groups", "users", "usernames"]);
  expect(schema.required).toBeUndefined();
  expect(JSON.stringify(schema)).toContain('"enum":["mon","tue","wed","thu","fri","sat","sun"]');
});
