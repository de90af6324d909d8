import { stripVTControlCharacters, styleText } from "node:util";

type Style = "bold" | "dim" | "green" | "red" | "yellow" | "cyan";

/** Coloured text on a terminal that wants colour, plain text elsewhere. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** Columns of the terminal; endless where something else reads, which wants one line for each row. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
}

/**
 * Rows as lines, indented, their cells aligned.
 * @param most columns of a line; what goes beyond begins another one, further in, cell by cell
 */
export function columns(rows: readonly (readonly string[])[], most = terminalColumns()): string[] {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, at) => Math.max(known[at] ?? 0, width(cell))),
    [],
  );
  return rows.map((row) => lineOf(row, widths, "  ", most));
}

/** The cells as a line, each as wide as its column; as several where they do not fit. A cell is never broken. */
export function lineOf(row: readonly string[], widths: readonly number[], indent: string, most: number): string {
  const lines: string[] = [];
  let line = indent;
  let used = indent.length;
  for (const [at, cell] of row.entries()) {
    const isFirst = line.trim() === "";
    if (!isFirst && cell !== "" && used + GAP.length + width(cell) > most) {
      lines.push(line.trimEnd());
      line = `${indent}${FURTHER_IN}`;
      used = line.length;
    } else if (at > 0) {
      line += GAP;
      used += GAP.length;
    }
    const wide = Math.max(widths[at] ?? 0, width(cell));
    line += cell + " ".repeat(wide - width(cell));
    used += wide;
  }
  return [...lines, line.trimEnd()].join("\n");
}

const GAP = "  ";
/** Further in than a row begins, so that it is no row of its own. */
const FURTHER_IN = "    ";

function width(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
