import { describe, expect, it } from "vitest";
import { readWrittenMap } from "../../../src/login/map/amend.ts";
import { addRule, newGrantId, takeBack, withoutEnded } from "../../../src/login/map/temporary.ts";

const now = Date.parse("2026-11-20T09:00:00Z");
const id = newGrantId(now);
const rule = { allow: [21], until: "2026-11-20T17:00:00Z", grant: id };
const read = (map: object) => readWrittenMap(JSON.stringify(map));
const ended = (map: object, at = now, zone = "UTC") => JSON.parse(withoutEnded(JSON.stringify(map), zone, at));

describe("adding a rule", () => {
  it("leaves all others where they stand", () => {
    const map = { users: { a: { allow: [7] }, "041": { deny: [8] }, b: [] } };
    expect(JSON.stringify(addRule(read(map), "users", "41", rule))).toBe(
      JSON.stringify({ users: { a: { allow: [7] }, "041": [{ deny: [8] }, rule], b: [] } }),
    );
  });

  it("makes what is missing", () => {
    expect(addRule(read({}), "groups", "3", rule)).toEqual({ groups: { "3": rule } });
    expect(addRule(read({ users: { b: [] } }), "users", "b", rule)).toEqual({ users: { b: [rule] } });
    expect(JSON.stringify(addRule(read({}), "usernames", "__proto__", rule))).toContain('"__proto__":');
  });
});

describe("taking a rule back", () => {
  it("is the opposite of adding it", () => {
    for (const map of [{ users: { "41": { allow: [7] } } }, { users: { "41": [{ allow: [7] }, { deny: [8] }] } }]) {
      expect(takeBack(addRule(read(map), "users", "41", rule), id)).toEqual(map);
    }
    expect(takeBack(addRule(read({ users: {} }), "users", "41", rule), id)).toEqual({ users: {} });
  });

  it("never takes another", () => {
    const map = read({ users: { "41": [rule, { ...rule, grant: `${id}0` }, { allow: [7], grant: "mine" }] } });
    expect(takeBack(map, "mine")).toBeUndefined();
    expect(takeBack(map, newGrantId(now))).toBeUndefined();
    expect(takeBack(map, id)).toEqual({
      users: {
        "41": [
          { ...rule, grant: `${id}0` },
          { allow: [7], grant: "mine" },
        ],
      },
    });
  });
});

describe("what is over", () => {
  it("goes to the moment, and nothing that is no grant does", () => {
    const old = { allow: [7], until: "2020-01-01" };
    const map = { default: old, users: { "41": [old, rule], "52": rule } };
    const end = Date.parse(rule.until);
    expect(ended(map, end - 1)).toEqual(map);
    expect(ended(map, end)).toEqual({ default: old, users: { "41": old } });
  });

  it("is told by the zone of the map where its time has none", () => {
    const map = { users: { "41": { ...rule, until: "2026-11-20T09:30" } } };
    expect(ended(map, now, "UTC")).toEqual(map);
    expect(ended(map, now, "Europe/Budapest")).toEqual({ users: {} });
  });

  it("is nothing whose end cannot be read", () => {
    const map = {
      users: {
        "41": [
          { ...rule, until: "soon" },
          { allow: [7], grant: id },
        ],
      },
    };
    expect(ended(map)).toEqual(map);
  });

  it("leaves a text that has nothing of it as it is", () => {
    const text = `{ "users" : {"41":${JSON.stringify(rule)}} }`;
    expect(withoutEnded(text, "UTC", now)).toBe(text);
  });
});
