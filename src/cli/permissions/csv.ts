import { CsvError, type Options, parse } from "csv-parse/sync";
import * as z from "zod";
import { Refusal } from "../refusal.ts";

/** One row of a table: the line of the file in which it begins, from 1, and its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

const SEPARATORS = [",", ";", "\t", "|"];
/** Excel's word for the separator, on a line of its own before the table. */
const DIRECTIVE = /^"?sep=(.)"?\n/i;
const records = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/**
 * Reads a table as RFC 4180 has it, whatever separates its cells and ends its lines. Quoted cells may hold separators,
 * line breaks and doubled quotes. Rows without content are left out.
 * @param isHeading whether a row names the columns: the first one then shows what separates them
 */
export function readCsv(text: string, isHeading: (cells: readonly string[]) => boolean = () => false): Row[] {
  const plain = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const [directive = "", named] = DIRECTIVE.exec(plain) ?? [];
  const table = plain.slice(directive.length);
  try {
    const rows = readRecords(table, { delimiter: named ?? findSeparator(table, isHeading) });
    return rows
      .filter(({ cells }) => cells.some((cell) => cell !== ""))
      .map(({ line, cells }) => ({ line: directive === "" ? line : line + 1, cells }));
  } catch (error) {
    if (error instanceof CsvError) throw new Refusal(`this is no table: ${error.message}`);
    throw error;
  }
}

/** The one under which the first row is a heading, else the one that makes most cells of it. What is quoted is content. */
function findSeparator(table: string, isHeading: (cells: readonly string[]) => boolean): string | undefined {
  const tried = SEPARATORS.map((separator) => ({ separator, cells: firstRow(table, separator) }));
  const [most] = tried.toSorted((one, other) => other.cells.length - one.cells.length);
  return (tried.find(({ cells }) => isHeading(cells)) ?? most)?.separator;
}

/** Empty where the separator makes nonsense of the quotes. */
function firstRow(table: string, delimiter: string): readonly string[] {
  try {
    return readRecords(table, { delimiter, to: 1 })[0]?.cells ?? [];
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}

/** The parser counts the lines at the end of a record. */
function readRecords(table: string, options: Options): Row[] {
  const common = { info: true, record_delimiter: "\n", relax_column_count: true, skip_empty_lines: true, trim: true };
  return records.parse(parse(table, { ...common, ...options })).map(({ record, info: { lines } }) => {
    const breaks = record.join("").split("\n").length - 1;
    return { line: lines - breaks, cells: record.map((cell) => cell.trim()) };
  });
}
