import type * as z from "zod";
import type { stats } from "../../api/stats.ts";
import { sourceName } from "../../events/own-source.ts";
import { Bars } from "../parts/bars.tsx";
import { Field } from "../parts/form/field.tsx";
import { Table } from "../parts/table.tsx";
import { lineColumns } from "./columns.ts";

type Row = z.output<typeof stats.gives>["items"][number];

interface Props {
  readonly items: readonly Row[];
  /** The one that is meant; all, unless given. */
  readonly source: string | undefined;
  readonly sources: readonly string[];
  /** The first and the last day of the items, UTC. */
  readonly since: string;
  readonly until: string;
}

const DAY_MS = 86_400_000;

/** The last 30 days, in UTC: as a picture of all, and as lines. */
export function ByDay({ items, source, sources, since, until }: Props) {
  const shown = items.filter((one) => source === undefined || one.source === source);
  const lines = Map.groupBy(shown, ({ day }) => day);
  const days = daysBetween(since, until);
  const sumOf = (read: (row: Row) => number) =>
    days.map((day) => (lines.get(day) ?? []).reduce((sum, row) => sum + read(row), 0));
  return (
    <>
      <h2>By day, the last 30</h2>
      <form class="filters">
        <Field id="source" label="Source">
          <select id="source" name="source">
            <option value="">all</option>
            {sources.map((one) => (
              <option value={one} selected={one === source}>
                {sourceName(one)}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit" class="quiet">
          Show
        </button>
      </form>
      {shown.length === 0 ? (
        <p class="note">Nothing came in these days.</p>
      ) : (
        <>
          <Bars
            label="Webhooks by UTC day"
            names={days}
            series={[
              { name: "events", tone: "plain", values: sumOf(({ webhooks }) => webhooks.events) },
              { name: "duplicates", tone: "soft", values: sumOf(({ webhooks }) => webhooks.duplicates) },
              { name: "failed", tone: "bad", values: sumOf(({ webhooks }) => webhooks.failed) },
            ]}
          />
          <Table
            columns={[
              { name: "Day", cell: ({ day }) => <time datetime={day}>{day}</time> },
              { name: "Source", cell: (row) => sourceName(row.source) },
              ...lineColumns<Row>(),
            ]}
            rows={shown.toReversed()}
            label="Ledger by day and source"
          />
        </>
      )}
    </>
  );
}

function daysBetween(since: string, until: string): string[] {
  const [first, last] = [Date.parse(since), Date.parse(until)];
  const days = Math.round((last - first) / DAY_MS) + 1;
  return Array.from({ length: days }, (_, n) =>
    new Date(first + n * DAY_MS).toISOString().slice(0, "YYYY-MM-DD".length),
  );
}
