import type * as z from "zod";
import type { drift } from "../../api/drift.ts";
import type { Clock } from "../page/clock.ts";
import { Shown } from "../parts/form/hidden.tsx";
import { Age } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Drift = z.output<typeof drift.gives>["items"][number];

/** What nobody expected in the webhooks: never a value, only what kind of one. */
export function DriftTable({ items, clock }: { readonly items: readonly Drift[]; readonly clock: Clock }) {
  const columns: Column<Drift>[] = [
    {
      name: "Where",
      cell: ({ path }) => (
        <span class="id">
          <Shown text={path} />
        </span>
      ),
    },
    { name: "What", cell: ({ what }) => what.replaceAll("_", " ") },
    {
      name: "Came as",
      cell: ({ sample }) => (
        <span class="id">
          <Shown text={sample} />
        </span>
      ),
    },
    { name: "Times", cell: ({ times }) => times, isNumber: true },
    { name: "First", cell: ({ first }) => <Age at={first} clock={clock} /> },
    { name: "Last", cell: ({ last }) => <Age at={last} clock={clock} /> },
  ];
  return (
    <>
      <h2 id="drift">Drift</h2>
      {items.length === 0 ? (
        <p class="note">Nothing came that nobody expected.</p>
      ) : (
        <Table columns={columns} rows={items} label="What nobody expected" />
      )}
    </>
  );
}
