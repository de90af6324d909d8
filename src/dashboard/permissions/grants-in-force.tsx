import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Age, Moment } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Grant } from "./told.ts";

interface Props {
  readonly items: readonly Grant[];
  readonly more: number;
  readonly source: string;
  readonly clock: Clock;
}

/** What was granted or denied for a while, each with what ends it now. */
export function GrantsInForce({ items, more, source, clock }: Props) {
  if (items.length === 0) return null;
  const columns: Column<Grant>[] = [
    { name: "Whose", cell: ({ owner }) => owner },
    { name: "What", cell: ({ allow, deny }) => (allow === undefined ? `deny ${list(deny)}` : `allow ${list(allow)}`) },
    { name: "Until", cell: ({ until }) => <Moment at={until} clock={clock} /> },
    { name: "Made", cell: ({ made }) => <Age at={made} clock={clock} /> },
    { name: "Why", cell: ({ note }) => note },
    { name: "End", cell: (grant) => <EndNow grant={grant} source={source} /> },
  ];
  return (
    <>
      <h2>Granted for a while</h2>
      <Table label="Grants in force" columns={columns} rows={items} />
      {more === 0 ? null : <p class="note">{more} more grants are not shown.</p>}
    </>
  );
}

function EndNow({ grant: { id, owner }, source }: { readonly grant: Grant; readonly source: string }) {
  return (
    <form method="post" action={pagePath("permissions", source, "end-grant")}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="quiet" aria-label={`End now: the grant of ${owner}`}>
        End now
      </button>
    </form>
  );
}

function list(projects: readonly string[] = []): string {
  return projects.join(", ");
}
