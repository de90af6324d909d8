/** A line of a table: its figures by their headings. */
export type Row = Readonly<Record<string, string | number>>;

/** One part of the bench. */
export interface Part {
  /** By which it is chosen: `npm run bench -- floor`. */
  readonly name: string;
  readonly title: string;
  /** What its figures are. */
  readonly how: string;
  readonly run: () => Promise<Measured>;
}

/** What a part has measured. */
export interface Measured {
  readonly figures: unknown;
  readonly rows: readonly Row[];
}

/** A part whose figures are each a line of its table. */
export function part<Figure>(
  name: string,
  title: string,
  how: string,
  measure: () => Promise<readonly Figure[]>,
  toRow: (figure: Figure) => Row,
): Part {
  return {
    name,
    title,
    how,
    run: async () => {
      const figures = await measure();
      return { figures, rows: figures.map(toRow) };
    },
  };
}

/** The cells of a table, its headings first. */
export function cellsOf(rows: readonly Row[]): string[][] {
  const [first = {}] = rows;
  return [Object.keys(first), ...rows.map((row) => Object.values(row).map(String))];
}
