import { describe, expect, test } from "vitest";
import { decideBy, nora } from "./decision.ts";

const ask = (...projects: string[]) => ({ ...nora, projects });
const granted = (rule: string) => ({ granted: true, rule });
const refused = (rule: string) => ({ granted: false, rule });

describe("a rule belongs to an agent", () => {
  test.each([
    ["by user id", { users: { "41": { allow: [7] } } }, granted("users.41 allow")],
    ["by user name", { usernames: { nora_k: { allow: [7] } } }, granted("usernames.nora_k allow")],
    ["by user name in any case", { usernames: { Nora_K: { allow: [7] } } }, granted("usernames.nora_k allow")],
    ["by group", { groups: { "3": { allow: [7] } } }, granted("groups.3 allow")],
    ["as to everyone", { default: { allow: [7] } }, granted("default allow")],
    ["not by another's id", { users: { "42": { allow: [7] } } }, refused("none")],
    ["not by another's name", { usernames: { nora: { allow: [7] } } }, refused("none")],
    ["not by another group", { groups: { "4": { allow: [7] } } }, refused("none")],
    ["not by an id of another sort", { users: { "3": { allow: [7] }, nora_k: { allow: [7] } } }, refused("none")],
  ])("%s", (_, document, decision) => expect(decideBy(document, ask("7"))).toEqual({ "7": decision }));

  test("whatever the case in which the vendor writes the name", () => {
    const document = { usernames: { nora_k: { allow: [7] } } };
    expect(decideBy(document, { username: "NORA_K", projects: ["7"] })["7"]?.granted).toBe(true);
  });

  test("through each spelling of the same name", () => {
    const document = { usernames: { nora_k: { allow: [7] }, NORA_K: { allow: [11] } } };
    expect(decideBy(document, ask("7", "11"))).toEqual({
      "7": granted("usernames.nora_k allow"),
      "11": granted("usernames.nora_k allow"),
    });
  });

  test("only as far as the question tells who it is", () => {
    const document = { users: { undefined: { allow: "*" } }, usernames: { undefined: { allow: "*" } } };
    expect(decideBy(document, { projects: ["7"], groupId: "3" })).toEqual({ "7": refused("none") });
  });
});

describe("a project is granted if some rule allows it and none denies it", () => {
  test.each([
    ["nothing said", {}, refused("none")],
    ["a rule that says nothing", { default: {} }, refused("none")],
    ["no rules at all", { default: [], users: { "41": [] } }, refused("none")],
    ["allowed among others", { default: { allow: [11, 7] } }, granted("default allow")],
    ["another allowed", { default: { allow: [11] } }, refused("none")],
    ["all allowed", { default: { allow: "*" } }, granted("default allow")],
    ["written as text", { default: { allow: ["7"] } }, granted("default allow")],
    ["denied only", { default: { deny: [7] } }, refused("default deny")],
    ["allowed and denied in one rule", { default: { allow: "*", deny: [7] } }, refused("default deny")],
    [
      "allowed to the agent, denied to everyone",
      { users: { "41": { allow: [7] } }, default: { deny: [7] } },
      refused("default deny"),
    ],
    [
      "allowed to everyone, denied to the group",
      { groups: { "3": { deny: [7] } }, default: { allow: "*" } },
      refused("groups.3 deny"),
    ],
    ["everything denied", { users: { "41": { deny: "*" } }, default: { allow: [7] } }, refused("users.41 deny")],
    ["another denied", { users: { "41": { deny: [11] } }, default: { allow: [7] } }, granted("default allow")],
    ["one of several rules", { users: { "41": [{ allow: [11] }, { allow: [7] }] } }, granted("users.41 allow")],
    [
      "a deny whose time has not come",
      { default: [{ allow: [7] }, { deny: [7], from: "2027-01-01" }] },
      granted("default allow"),
    ],
    ["an allow whose time is over", { default: { allow: [7], until: "2026-01-01" } }, refused("none")],
  ])("%s", (_, document, decision) => expect(decideBy(document, ask("7"))).toEqual({ "7": decision }));

  test("each project of a question is decided for itself", () => {
    const document = { default: { allow: [7, 11] }, users: { "41": { deny: [11] } } };
    expect(decideBy(document, ask("7", "11", "13"))).toEqual({
      "7": granted("default allow"),
      "11": refused("users.41 deny"),
      "13": refused("none"),
    });
  });
});

describe("except takes projects out of its own rule's allow", () => {
  test.each([
    ["of all", { default: { allow: "*", except: [7] } }, refused("none")],
    ["of all, and leaves the others", { default: { allow: "*", except: [11] } }, granted("default allow")],
    ["of a list", { default: { allow: [7, 11], except: ["7"] } }, refused("none")],
    ["without denying them", { default: [{ allow: "*", except: [7] }, { allow: [7] }] }, granted("default allow")],
    [
      "without touching another's rule",
      { default: { allow: "*", except: [7] }, groups: { "3": { allow: [7] } } },
      granted("groups.3 allow"),
    ],
    ["and not out of a deny", { default: [{ allow: "*" }, { deny: "*", except: [7] }] }, refused("default deny")],
  ])("%s", (_, document, decision) => expect(decideBy(document, ask("7"))).toEqual({ "7": decision }));
});

describe("the rule that decided", () => {
  const all = (rule: object) => ({
    default: rule,
    groups: { "3": rule },
    usernames: { nora_k: rule },
    users: { "41": rule },
  });
  const without = (document: Record<string, unknown>, ...parts: string[]) =>
    Object.fromEntries(Object.entries(document).filter(([part]) => !parts.includes(part)));

  test.each([
    [[], "users.41"],
    [["users"], "usernames.nora_k"],
    [["users", "usernames"], "groups.3"],
    [["users", "usernames", "groups"], "default"],
  ])("is the most personal one (without %j: %s)", (parts, owner) => {
    expect(decideBy(without(all({ allow: [7] }), ...parts), ask("7"))["7"]).toEqual(granted(`${owner} allow`));
    expect(decideBy(without(all({ deny: [7] }), ...parts), ask("7"))["7"]).toEqual(refused(`${owner} deny`));
  });

  test("is a deny before any allow", () => {
    const document = { ...all({ allow: [7] }), default: { deny: [7] } };
    expect(decideBy(document, ask("7"))["7"]).toEqual(refused("default deny"));
  });
});

describe("names that mean something to JavaScript mean nothing here", () => {
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

  test.each(names)("nobody is found under %s", (name) => {
    const question = { userId: name, username: name, groupId: name, projects: ["7"] };
    expect(decideBy({ users: {}, usernames: {}, groups: {} }, question)).toEqual({ "7": refused("none") });
  });

  test.each(names)("a project called %s is answered like any other", (name) => {
    const decisions = decideBy({ default: { allow: ["7"] } }, ask("7", name));
    expect(Object.keys(decisions)).toEqual(["7", name]);
    expect(Object.entries(decisions).map(([, decision]) => decision.granted)).toEqual([true, false]);
  });

  test("an agent may be called constructor", () => {
    const document = { usernames: { constructor: { allow: [7] } } };
    expect(decideBy(document, { username: "Constructor", projects: ["7"] })["7"]).toEqual(
      granted("usernames.constructor allow"),
    );
  });
});
