import { type Column, Table } from "../parts/table.tsx";
import type { Checked } from "./told.ts";

type Told = NonNullable<Checked["difference"]>;
type Change = Told["changes"][number];

/** So many are shown at once. */
const FEW = 15;

interface Props {
  readonly of: Told;
  /** What the two sides are called. */
  readonly heads?: readonly [before: string, after: string];
}

/** Whose rules differ, and how: in words. */
export function Difference({ of: { owners, changes }, heads = ["Now", "Then"] }: Props) {
  if (changes.length === 0) return null;
  const columns: Column<Change>[] = [
    { name: "Whose", cell: ({ owner }) => (owner === "default" ? "everyone" : owner) },
    { name: heads[0], cell: ({ before }) => before ?? <span class="none">no rule</span> },
    { name: heads[1], cell: ({ after }) => after ?? <span class="none">no rule</span> },
  ];
  return (
    <>
      <details open={changes.length <= FEW}>
        <summary>Whose rules differ</summary>
        <Table label="Rules that differ" columns={columns} rows={changes} />
      </details>
      {owners > changes.length ? <p class="note">{owners - changes.length} more are not shown.</p> : null}
    </>
  );
}
