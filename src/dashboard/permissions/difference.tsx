import { type Column, Table } from "../parts/table.tsx";
import type { Checked } from "./told.ts";

type Told = NonNullable<Checked["difference"]>;
type Change = Told["changes"][number];

/** So many are shown at once. */
const FEW = 15;

/** Whose rules differ, and how: in words. */
export function Difference({ of: { owners, changes } }: { readonly of: Told }) {
  if (changes.length === 0) return null;
  const columns: Column<Change>[] = [
    { name: "Whose", cell: ({ owner }) => (owner === "default" ? "everyone" : owner) },
    { name: "Now", cell: ({ before }) => before ?? <span class="none">no rule</span> },
    { name: "Then", cell: ({ after }) => after ?? <span class="none">no rule</span> },
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
