import { describe, expect, it } from "vitest";
import { compilePermissions } from "../../../src/login/compile.ts";
import { decide } from "../../../src/login/decide.ts";
import { matrixOf } from "../../../src/login/map/matrix.ts";
import type { PermissionsDocument } from "../../../src/login/rules.ts";

const NOW = Date.parse("2026-11-20T08:00:00Z");
const map: PermissionsDocument = {
  default: { allow: ["1"] },
  groups: {
    "10": { allow: "*", except: ["7"] },
    "3": { allow: ["7"], hours: { days: ["mon"], start: "00:00", end: "24:00" } },
  },
  users: {
    "41": [
      { deny: ["1"], note: "left" },
      { allow: ["7"], until: "2026-11-20T09:00:00Z", note: "stands in" },
    ],
    "42": { allow: ["9"], from: "2027-01-01" },
  },
  usernames: { nora_k: { allow: ["11"] } },
};
const permissions = compilePermissions(map, "UTC");
const view = { mostRows: 200, mostProjects: 60 };
const cellsOf = (owner: string, some = matrixOf(permissions, NOW, view)) =>
  some.rows
    .find((row) => row.owner === owner)
    ?.cells.map(({ project, granted, owner, position }) => {
      return `${project} ${granted ? "allow" : "deny"} ${owner}.${position}`;
    });

describe("a map as a matrix", () => {
  it("has a column for each project that is named and one for all others, in the order of people", () => {
    const matrix = matrixOf(permissions, NOW, view);
    expect(matrix.projects).toEqual(["1", "7", "9", "11", "*"]);
    expect(matrix.rows.map(({ owner }) => owner)).toEqual([
      "default",
      "groups.3",
      "groups.10",
      "users.41",
      "users.42",
      "usernames.nora_k",
    ]);
  });

  it("tells in each cell what is decided and by which rule, and nothing where none decides", () => {
    expect(cellsOf("default")).toEqual(["1 allow default.1"]);
    expect(cellsOf("users.41")).toEqual(["1 deny users.41.1", "7 allow users.41.2"]);
    expect(cellsOf("users.42")).toEqual(["1 allow default.1"]);
    expect(cellsOf("groups.10")).toEqual([
      "1 allow groups.10.1",
      "9 allow groups.10.1",
      "11 allow groups.10.1",
      "* allow groups.10.1",
    ]);
  });

  it("tells when a rule ends, that it has hours, and its note", () => {
    const cell = matrixOf(permissions, NOW, view).rows.find(({ owner }) => owner === "users.41")?.cells[1];
    expect(cell).toMatchObject({ until: Date.parse("2026-11-20T09:00:00Z"), byHours: false, note: "stands in" });
    const monday = matrixOf(permissions, Date.parse("2026-11-23T08:00:00Z"), view);
    expect(cellsOf("groups.3", monday)).toEqual(["1 allow default.1", "7 allow groups.3.1"]);
    expect(monday.rows.find(({ owner }) => owner === "groups.3")?.cells[1]).toMatchObject({ byHours: true });
    expect(cellsOf("users.41", monday)).toEqual(["1 deny users.41.1"]);
  });

  it("decides as the guard does", () => {
    const asked = { groups: "groupId", users: "userId", usernames: "username" };
    for (const { owner, cells } of matrixOf(permissions, NOW, view).rows) {
      const [, section = "", id = ""] = /^(\w+)\.(.+)$/.exec(owner) ?? [];
      const projects = ["1", "7", "9", "11"];
      const question = { projects, [Object.entries(asked).find(([name]) => name === section)?.[1] ?? "x"]: id };
      for (const [project, { granted }] of decide(permissions, question, NOW)) {
        expect([owner, project, cells.find((cell) => cell.project === project)?.granted ?? false]).toEqual([
          owner,
          project,
          granted,
        ]);
      }
    }
  });

  it("is cut with what is left said, and narrowed by part of a name and by project", () => {
    const cut = matrixOf(permissions, NOW, { mostRows: 2, mostProjects: 3 });
    expect([cut.rows.length, cut.moreRows, cut.projects, cut.moreProjects]).toEqual([2, 4, ["1", "7", "9"], 2]);
    const narrow = matrixOf(permissions, NOW, { ...view, agent: " NORA", project: "011" });
    expect([narrow.projects, narrow.rows.map(({ owner }) => owner)]).toEqual([["11"], ["usernames.nora_k"]]);
  });
});
