/** One row of a table: its line in the file, from 1, and its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Reads a table as RFC 4180 has it, or with semicolons or tabs as spreadsheets write it elsewhere: what the first line
 * uses. Quoted cells may hold separators and doubled quotes, but no line break. Blank lines are left out.
 */
export function readCsv(text: string): Row[] {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const separator = [";", "\t"].find((one) => lines[0]?.includes(one)) ?? ",";
  return lines
    .map((line, position) => ({ line: position + 1, cells: readCells(line, separator) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
}

function readCells(line: string, separator: string): string[] {
  const cell = `(?:^|${separator})(?:"((?:[^"]|"")*)"|([^${separator}]*))`;
  return [...line.matchAll(new RegExp(cell, "g"))].map(([, quoted, plain = ""]) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}
