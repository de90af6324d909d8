import { stripVTControlCharacters } from "node:util";
import { lineOf, terminalColumns } from "../../terminal.ts";

/** Widths of time, type, source and state that need no more for most. */
const USUAL = [8, 24, 8, 11, 36];

/** Lines whose cells stand below each other, although nobody knows those to come: a column only grows. */
export class LineUp {
  readonly #widths = [...USUAL];

  /** Makes room for lines before the first of them is written. */
  learn(lines: readonly (readonly string[])[]): void {
    for (const cells of lines) {
      for (const [column, cell] of cells.entries()) {
        const known = this.#widths[column];
        if (known !== undefined) this.#widths[column] = Math.max(known, widthOf(cell));
      }
    }
  }

  /** The cells as a line. */
  up(cells: readonly string[]): string {
    this.learn([cells]);
    return lineOf(cells, this.#widths, " ", terminalColumns());
  }
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length;
}
