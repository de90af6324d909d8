import type { Child } from "hono/jsx";

/** One column of a table: its head, and what stands in it. */
export interface Column<Row> {
  readonly name: string;
  readonly cell: (row: Row) => Child;
  /** Figures stand at the right, so that their digits stand below each other. */
  readonly isNumber?: boolean;
}

interface Props<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What it lists, for those who cannot see where it stands. */
  readonly label: string;
  /** What tells a row from the others: with it, a list that has got new rows says so, and does not move by itself. */
  readonly rowId?: (row: Row) => string;
}

/** A table that scrolls within itself where the window is narrow. */
export function Table<Row>({ columns, rows, label, rowId }: Props<Row>) {
  return (
    <section class="scroll" aria-label={label} tabindex={0}>
      <table data-rows={rowId === undefined ? undefined : ""}>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th scope="col" class={isNumber ? "number" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr data-row={rowId?.(row)} id={rowId === undefined ? undefined : `row-${rowId(row)}`}>
              {columns.map(({ cell, isNumber }) => (
                <td class={isNumber ? "number" : undefined}>{cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
