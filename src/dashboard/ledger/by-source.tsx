import { sourceName } from "../../events/own-source.ts";
import { pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Table } from "../parts/table.tsx";
import { lineColumns } from "./columns.ts";
import type { Ledger, Line } from "./told.ts";

type Row = Line & { readonly source: string };

/** Of all time, source by source. */
export function BySource({ of }: { readonly of: Ledger["sources"] }) {
  const rows: Row[] = Object.entries(of).map(([source, line]) => ({ source, ...line }));
  return (
    <>
      <h2>By source, of all time</h2>
      {rows.length === 0 ? (
        <Empty title="Nothing was accepted yet.">
          <p>
            Each source has a line here once its first webhook came. <a href="/dashboard/sources">Sources</a> tell their
            URLs.
          </p>
        </Empty>
      ) : (
        <Table
          columns={[{ name: "Source", cell: ({ source }) => <SourceName id={source} /> }, ...lineColumns<Row>()]}
          rows={rows}
          label="Ledger by source"
        />
      )}
    </>
  );
}

function SourceName({ id }: { readonly id: string }) {
  const name = sourceName(id);
  return name !== id ? (
    <span>{name}</span>
  ) : (
    <a id={id} href={pagePath("sources", id)}>
      {id}
    </a>
  );
}
