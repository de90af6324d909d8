import { describe, expect, it } from "vitest";
import type { AskedQuestion } from "../../../src/log/questions.ts";
import { chooseAttempt, isCalled, isOf, wasGranted } from "../../../src/login/history/attempts.ts";

const attempt = (at: number, projects: Record<string, boolean>): AskedQuestion => ({
  receipt: `rcpt_${at}`,
  source: "vcc",
  at,
  agent: {},
  login: { projects },
});
const chosen = (attempts: AskedQuestion[], moment: number, ...projects: string[]) =>
  chooseAttempt(attempts, moment, projects)?.at;

describe("the attempt that is meant", () => {
  const [first, retry, later] = [
    attempt(10, { "7": true, "11": false }),
    attempt(12, { "7": true }),
    attempt(30, { "7": false }),
  ];

  it.each<[string, number | undefined, AskedQuestion[], number, string[]]>([
    ["the refused one, though another is nearer", 10, [first, retry], 13, []],
    ["the nearest of the refused", 30, [first, retry, later], 21, []],
    ["the earlier of two as near", 10, [first, later], 20, []],
    ["the nearest where none is refused", 12, [retry, attempt(99, { "7": true })], 50, []],
    [
      "only one about all the projects",
      12,
      [attempt(11, { "7": false }), attempt(12, { "7": true, "11": true })],
      11,
      ["11", "7"],
    ],
    [
      "what kept the agent out, before what a guard that only watched would have refused",
      40,
      [
        { ...later, login: { ...later.login, mode: "shadow" as const, answered: { "7": true } } },
        { ...attempt(40, { "7": true }), login: { projects: { "7": true }, mode: "shadow", answered: { "7": false } } },
        attempt(50, { "7": true }),
      ],
      30,
      [],
    ],
    [
      "what a guard that only watched would have refused, where nothing kept the agent out",
      30,
      [{ ...later, login: { ...later.login, mode: "shadow" as const, answered: { "7": true } } }, retry],
      13,
      [],
    ],
    ["about projects in whatever spelling", 10, [first], 10, ["007"]],
    ["none where there is none", undefined, [first, retry], 10, ["99"]],
  ])("is %s", (_, at, attempts, moment, projects) => {
    expect(chosen(attempts, moment, ...projects)).toBe(at);
  });

  it("is refused if one of its projects is, or it has none", () => {
    expect([first, retry, attempt(1, {})].map(wasGranted)).toEqual([false, true, false]);
    expect(wasGranted({ ...first, login: { granted: true } })).toBe(true);
  });
});

describe("whose login it is", () => {
  const known = [
    { id: "41", username: "nora_k", seen: "2026-11-20" },
    { id: "", username: "nora_k", seen: "2026-11-20" },
    { id: "52", username: "", seen: "2026-11-20" },
  ];
  const agents = {
    both: { id: "041", username: " Nora_K " },
    id: { id: "41" },
    name: { username: "NORA_K" },
    other: { id: "42", username: "nora_k" },
    nobody: {},
  };
  const whose = (is: ReturnType<typeof isOf>) =>
    Object.entries(agents).flatMap(([name, agent]) => (is({ agent }) ? [name] : []));

  it.each<[string, string[], ReturnType<typeof isOf>]>([
    ["an id", ["both", "id"], isOf({ userId: "41" }, [])],
    ["a user name", ["both", "name", "other"], isOf({ username: "nora_k" }, [])],
    ["both", ["both"], isOf({ userId: "41", username: "nora_k" }, [])],
    ["an id, of one who is known by both", ["both", "id", "name"], isOf({ userId: "41" }, known)],
    ["a name, of one who is known by both", ["both", "id", "name", "other"], isOf({ username: "nora_k" }, known)],
    ["a word that is an id", ["both", "id"], isCalled("41", [])],
    ["a word that is a name", ["both", "name", "other"], isCalled("nora_k", [])],
    ["nothing known", [], isOf({ userId: "52" }, known)],
  ])("is told by %s", (_, names, is) => {
    expect(whose(is)).toEqual(names);
  });
});
