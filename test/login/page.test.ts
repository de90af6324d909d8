import { describe, expect, test } from "vitest";
import page from "../../docs/login.md?raw";
import { decideBy, nora } from "./decision.ts";

const examples = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, text = ""]): object => JSON.parse(text));
const [
  map = {},
  teams = {},
  split = {},
  night = {},
  sundays = {},
  help = {},
  freelancer = {},
  newProject = {},
  left = {},
] = examples;

describe("the examples in docs/login.md", () => {
  test("are nine maps", () => expect(examples).toHaveLength(9));

  test.each([
    ["the map: the group's", map, { ...nora, username: "ivan" }, "12", "2026-11-20T09:00:00Z", true],
    ["the map: denied by name", map, nora, "12", "2026-11-20T09:00:00Z", false],
    ["the map: excepted", map, nora, "13", "2026-11-20T09:00:00Z", false],
    ["teams: their own", teams, nora, "11", "2026-11-20T09:00:00Z", true],
    ["teams: not another's", teams, nora, "21", "2026-11-20T09:00:00Z", false],
    ["teams: trainers everywhere", teams, { ...nora, groupId: "9" }, "21", "2026-11-20T09:00:00Z", true],
    ["teams: but in the pilot", teams, { ...nora, groupId: "9" }, "99", "2026-11-20T09:00:00Z", false],
    ["split shift: morning", split, nora, "7", "2026-11-20T09:00:00Z", true],
    ["split shift: between", split, nora, "7", "2026-11-20T12:00:00Z", false],
    ["split shift: evening", split, nora, "7", "2026-11-20T15:00:00Z", true],
    ["night: Sunday evening", night, { ...nora, groupId: "5" }, "11", "2026-11-23T04:00:00Z", true],
    ["night: Monday morning", night, { ...nora, groupId: "5" }, "11", "2026-11-23T11:59:00Z", true],
    ["night: Monday evening", night, { ...nora, groupId: "5" }, "11", "2026-11-24T04:00:00Z", false],
    ["Sundays: closed", sundays, nora, "7", "2026-11-22T12:00:00Z", false],
    ["Sundays: not on Monday", sundays, nora, "7", "2026-11-22T23:00:00Z", true],
    ["help: not yet", help, nora, "21", "2026-11-30T22:59:59Z", false],
    ["help: from the first day", help, nora, "21", "2026-11-30T23:00:00Z", true],
    ["help: no longer", help, nora, "21", "2026-12-14T23:00:00Z", false],
    ["freelancer", freelancer, { username: "Ivan_Ext" }, "22", "2026-11-20T09:00:00Z", true],
    ["freelancer: contract over", freelancer, { username: "ivan_ext" }, "22", "2027-02-28T23:00:00Z", false],
    ["new project: closed", newProject, nora, "31", "2027-01-04T06:59:59Z", false],
    ["new project: open", newProject, nora, "31", "2027-01-04T07:00:00Z", true],
    ["somebody who left", left, nora, "7", "2026-11-20T09:00:00Z", false],
  ])("%s", (_, document, agent, project, at, granted) => {
    expect(decideBy(document, { ...agent, projects: [project] }, at)[project]?.granted).toBe(granted);
  });
});
