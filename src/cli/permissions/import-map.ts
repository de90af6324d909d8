import type * as z from "zod";
import { readMoment } from "../../login/moment.ts";
import type { permissions } from "../../login/rules.ts";
import type { Row } from "./csv.ts";

type MapDocument = z.input<typeof permissions>;

/** What came of a table: a map, or the lines that make no sense. */
export interface Imported {
  readonly map: MapDocument;
  readonly rows: number;
  readonly agents: number;
  readonly projects: number;
  /** `line 5: …`; the map lacks those. */
  readonly faults: readonly string[];
}

const COLUMNS = ["agent", "project", "access", "from", "until", "note"] as const;
type Column = (typeof COLUMNS)[number];
type Cells = Readonly<Record<Column, string>>;

const HEADINGS: Readonly<Record<string, Column>> = {
  agent: "agent",
  user: "agent",
  username: "agent",
  project: "project",
  access: "access",
  "allow/deny": "access",
  rule: "access",
  from: "from",
  until: "until",
  note: "note",
};

/** Makes a map of rows with agent, project, allow or deny, from and until. Agents in digits are ids, others user names. */
export function importMap(rows: readonly Row[]): Imported {
  const [first] = rows;
  const columns = first === undefined ? undefined : readHeadings(first.cells);
  const read = (columns === undefined ? rows : rows.slice(1)).map(({ line, cells }) => ({
    line,
    cells: name(cells, columns ?? COLUMNS),
  }));
  const faults = read.flatMap(({ line, cells }) => {
    const fault = faultOf(cells);
    return fault === undefined ? [] : [`line ${line}: ${fault}`];
  });
  const good = read.map(({ cells }) => cells).filter((cells) => faultOf(cells) === undefined);
  const count = (column: Column) => new Set(good.map((cells) => cells[column])).size;
  return { map: toMap(good), rows: read.length, agents: count("agent"), projects: count("project"), faults };
}

/** Undefined when the first line is a row like the others. */
function readHeadings(cells: readonly string[]): (Column | undefined)[] | undefined {
  const columns = cells.map((cell) => HEADINGS[cell.toLowerCase()]);
  return columns.includes("agent") && columns.includes("project") ? columns : undefined;
}

function name(cells: readonly string[], columns: readonly (Column | undefined)[]): Cells {
  const cell = (column: Column) => cells[columns.indexOf(column)] ?? "";
  return {
    agent: cell("agent"),
    project: cell("project"),
    access: cell("access").toLowerCase() || "allow",
    from: cell("from"),
    until: cell("until"),
    note: cell("note"),
  };
}

function faultOf({ agent, project, access, from, until }: Cells): string | undefined {
  if (agent === "") return "no agent";
  if (project === "") return "no project";
  if (access !== "allow" && access !== "deny") return `"${access}" is neither allow nor deny`;
  const wrong = [from, until].find((text) => text !== "" && readMoment(text, "UTC") === undefined);
  if (wrong !== undefined) return `"${wrong}" is not a time, such as 2026-12-01T08:00 or 2026-12-01`;
  return undefined;
}

/** An agent's rows of one time span become one rule. */
function toMap(rows: readonly Cells[]): MapDocument {
  const agents = Map.groupBy(rows, ({ agent }) => (isId(agent) ? agent : agent.toLowerCase()));
  const entries = [...agents].map(([agent, own]) => [agent, toRules(own)] as const);
  const users = entries.filter(([agent]) => isId(agent));
  const usernames = entries.filter(([agent]) => !isId(agent));
  return {
    ...(users.length === 0 ? {} : { users: Object.fromEntries(users) }),
    ...(usernames.length === 0 ? {} : { usernames: Object.fromEntries(usernames) }),
  };
}

function toRules(rows: readonly Cells[]) {
  const spans = Map.groupBy(rows, ({ from, until, note }) => JSON.stringify([from, until, note]));
  const rules = [...spans.values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [toRule(first, own)];
  });
  const [only] = rules;
  return rules.length === 1 && only !== undefined ? only : rules;
}

function toRule({ from, until, note }: Cells, rows: readonly Cells[]) {
  const [allow, deny] = [projectsOf(rows, "allow"), projectsOf(rows, "deny")];
  return {
    ...(allow.length === 0 ? {} : { allow: allow.includes("*") ? ("*" as const) : allow }),
    ...(deny.length === 0 ? {} : { deny: deny.includes("*") ? ("*" as const) : deny }),
    ...(from === "" ? {} : { from }),
    ...(until === "" ? {} : { until }),
    ...(note === "" ? {} : { note }),
  };
}

function projectsOf(rows: readonly Cells[], access: string): (string | number)[] {
  const ids = new Set(rows.filter((row) => row.access === access).map(({ project }) => project));
  return [...ids].map((id) => (isId(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id));
}

function isId(text: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(text);
}
