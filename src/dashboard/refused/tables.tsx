import type { Clock } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { InCode } from "../parts/in-code.tsx";
import { Moment } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Counter, RefusedRequest } from "./told.ts";

/** Refused requests one by one, the newest first. */
export function RequestTable({ rows, clock }: { readonly rows: readonly RefusedRequest[]; readonly clock: Clock }) {
  const columns: Column<RefusedRequest>[] = [
    {
      name: "When",
      cell: ({ request, at }) => (
        <a href={pagePath("refused", request)}>
          <Moment at={at} clock={clock} />
        </a>
      ),
    },
    { name: "Source", cell: ({ source, kind }) => (kind === undefined ? source : `${source} (${kind})`) },
    { name: "Why", cell: ({ sentence }) => <InCode text={sentence} /> },
    { name: "Next step", cell: ({ next }) => <InCode text={next} /> },
    { name: "From", cell: ({ address = "", agent = "" }) => <span class="wrap">{`${address} ${agent}`.trim()}</span> },
    { name: "Answered", isNumber: true, cell: ({ status }) => status },
  ];
  return (
    <Table columns={columns} rows={rows} label="Refused requests, the newest first" rowId={({ request }) => request} />
  );
}

/** Refused requests counted by day, source and reason. */
export function CounterTable({ rows, clock }: { readonly rows: readonly Counter[]; readonly clock: Clock }) {
  const columns: Column<Counter>[] = [
    { name: "Day (UTC)", cell: ({ day }) => <time datetime={day}>{day}</time> },
    { name: "Source", cell: ({ source }) => <a href={address("/dashboard/refused", { source })}>{source}</a> },
    { name: "Reason", cell: ({ reason }) => <a href={address("/dashboard/refused", { reason })}>{reason}</a> },
    { name: "Times", isNumber: true, cell: ({ times }) => times },
    { name: "Last", cell: ({ last }) => <Moment at={last} clock={clock} /> },
    { name: "Where looked", cell: (row) => <Looked of={row} /> },
    { name: "What happened", cell: ({ sentence }) => <InCode text={sentence} /> },
  ];
  return <Table columns={columns} rows={rows} label="Refused requests by day, source and reason" />;
}

function Looked({ of: { places, came = [], members } }: { readonly of: Counter }) {
  return (
    <>
      {places.join(", ")}
      {came.length === 0 ? null : <span class="note"> something stood in {came.join(", ")}</span>}
      {members.length === 0 ? null : (
        <details>
          <summary>{members.length} members</summary>
          <code class="wrap">{members.join(", ")}</code>
        </details>
      )}
    </>
  );
}
