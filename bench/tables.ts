import { cellsOf, type Measured, type Part } from "./part.ts";

/** What a part has measured. */
export interface Result {
  readonly part: Part;
  readonly measured: Measured;
}

/** When and where. */
export interface Circumstances {
  readonly at: Date;
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
}

/** Puts tables into a page, each where it is marked: `<!-- bench floor -->`, up to `<!-- /bench -->`. The rest stays. */
export function putTables(page: string, results: readonly Result[], circumstances: Circumstances): string {
  return results.reduce((text, result) => {
    const [start, end] = [`<!-- bench ${result.part.name} -->`, "<!-- /bench -->"];
    const from = text.indexOf(start);
    const to = text.indexOf(end, from);
    return from < 0 || to < 0
      ? text
      : `${text.slice(0, from + start.length)}\n\n${tableOf(result, circumstances)}\n\n${text.slice(to)}`;
  }, page);
}

function tableOf({ part, measured }: Result, { at, cpu, cores, node }: Circumstances): string {
  const [headings = [], ...lines] = cellsOf(measured.rows);
  const day = at.toISOString().slice(0, "YYYY-MM-DD".length);
  return [
    row(headings),
    row(headings.map((_, place) => (place === 0 ? "---" : "---:"))),
    ...lines.map(row),
    "",
    `\`npm run bench -- ${part.name}\`, ${day}, ${cores} × ${cpu}, Node ${node}: ${part.how}.`,
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
