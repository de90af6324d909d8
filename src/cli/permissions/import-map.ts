import type * as z from "zod";
import { isPlainId, isPlainName } from "../../events/values/plain-id.ts";
import { readRuleMoment } from "../../login/moment.ts";
import type { permissions } from "../../login/rules.ts";
import { sameId, sameName, showName } from "../../login/same.ts";
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

/** Without blanks, dashes and case. */
const headings: ReadonlyMap<string, Column> = new Map([
  ["agent", "agent"],
  ["agentid", "agent"],
  ["user", "agent"],
  ["userid", "agent"],
  ["username", "agent"],
  ["project", "project"],
  ["projectid", "project"],
  ["access", "access"],
  ["allow/deny", "access"],
  ["rule", "access"],
  ["from", "from"],
  ["until", "until"],
  ["note", "note"],
]);
/** What only looks like an id; spreadsheets make such of ids. */
const NEAR_ID = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:e[+-]?\d+)?$/i;

/** Makes a map of rows with agent, project, allow or deny, from and until. Agents in digits are ids, others user names. */
export function importMap(rows: readonly Row[]): Imported {
  const [first] = rows;
  const columns = first === undefined ? undefined : readHeadings(first.cells);
  const read = (columns === undefined ? rows : rows.slice(1)).map(({ line, cells }) => ({
    line,
    cells: name(cells, columns ?? COLUMNS),
    beyond: cells.slice((columns ?? COLUMNS).length).find((cell) => cell !== ""),
  }));
  const rowFaults = read.flatMap(({ line, cells, beyond }) => {
    const fault = faultOf(cells) ?? (beyond === undefined ? undefined : `"${beyond}" stands in no column`);
    return fault === undefined ? [] : [`line ${line}: ${fault}`];
  });
  const faults = [...(first === undefined ? [] : faultsOfFirst(first, columns)), ...rowFaults];
  const good = read.map(({ cells }) => cells).filter((cells) => faultOf(cells) === undefined);
  const agents = new Set(good.map(({ agent }) => (isId(agent) ? sameId(agent) : sameName(agent)))).size;
  const projects = new Set(good.map(({ project }) => sameId(project))).size;
  return { map: toMap(good), rows: read.length, agents, projects, faults };
}

/** Whether a row names the columns. */
export function isHeading(cells: readonly string[]): boolean {
  return readHeadings(cells) !== undefined;
}

/** Undefined when the first line is a row like the others. */
function readHeadings(cells: readonly string[]): (Column | undefined)[] | undefined {
  const columns = cells.map(columnOf);
  return columns.includes("agent") && columns.includes("project") ? columns : undefined;
}

function columnOf(cell: string): Column | undefined {
  return headings.get(cell.toLowerCase().replaceAll(/[\s_-]/g, ""));
}

/** What a column says that nobody reads would be lost, and a heading that nobody knows would be a rule. */
function faultsOfFirst({ line, cells }: Row, columns: readonly (Column | undefined)[] | undefined): string[] {
  const known = `they are called ${COLUMNS.join(", ")}`;
  const at = (what: string) => `line ${line}: ${what}`;
  if (columns !== undefined) {
    const unknown = cells.filter((_, n) => columns[n] === undefined);
    const twice = COLUMNS.filter((column) => columns.indexOf(column) !== columns.lastIndexOf(column));
    return [
      ...unknown.map((cell) => at(`no column is called "${cell}"; ${known}`)),
      ...twice.map((column) => at(`two columns are ${column}; ${known}`)),
    ];
  }
  const [agent = "", project = ""] = cells;
  const isNamed = [agent, project].some((cell) => columnOf(cell) !== undefined);
  const isHeading = isNamed || (project !== "" && project !== "*" && !/\d/.test(project));
  return isHeading ? [at(`"${cells.join(", ")}" looks like headings without agent and project; ${known}`)] : [];
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
  if (!isId(agent) && (NEAR_ID.test(agent) || !isPlainName(agent))) {
    return `"${agent}" is neither the id of an agent nor a user name; was the table saved in another encoding?`;
  }
  if (project !== "*" && !isPlainId(project)) return `"${project}" is no project id, nor * for all`;
  if (access !== "allow" && access !== "deny") return `"${access}" is neither allow nor deny`;
  const wrong = [from, until].find((text) => text !== "" && readRuleMoment(text, "UTC") === undefined);
  if (wrong !== undefined) return `"${wrong}" is not a time, such as 2026-12-01T08:00 or 2026-12-01`;
  return undefined;
}

/** An agent's rows of one time span become one rule. */
function toMap(rows: readonly Cells[]): MapDocument {
  const [ids, names] = [rows.filter(({ agent }) => isId(agent)), rows.filter(({ agent }) => !isId(agent))];
  const users = [...Map.groupBy(ids, ({ agent }) => sameId(agent))].map(([id, own]) => [id, toRules(own)] as const);
  const usernames = [...Map.groupBy(names, ({ agent }) => sameName(agent)).values()].map(
    (own) => [showName(own[0]?.agent ?? ""), toRules(own)] as const,
  );
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
  const ids = new Set(rows.filter((row) => row.access === access).map(({ project }) => sameId(project)));
  return [...ids].map((id) => (isId(id) && Number.isSafeInteger(Number(id)) ? Number(id) : id));
}

function isId(text: string): boolean {
  return /^\d+$/.test(text.normalize("NFKC"));
}
