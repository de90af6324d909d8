import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Facts } from "../parts/facts.tsx";
import { Shown } from "../parts/form/hidden.tsx";
import { nodeOf } from "../parts/json/as-json.ts";
import { Moment } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { WholeReplay } from "./told.ts";

interface Props {
  readonly told: WholeReplay;
  readonly clock: Clock;
}

/** How far a replay is, and what became of what it has begun. */
export function Progress({ told }: { readonly told: WholeReplay }) {
  const { found, begun, skipped, delivered, waiting, dead, expired, more } = told.progress;
  const atLeast = more ? "at least " : "";
  return (
    <section class="panel">
      <h2>Progress</h2>
      {found === 0 ? null : (
        <progress max={found} value={begun + skipped} aria-label={`${begun + skipped} of ${found} begun or skipped`} />
      )}
      <Facts
        of={[
          ["Found", `${found} deliveries of ${told.events} events`],
          ["Begun", begun],
          ["Skipped", skipped === 0 ? undefined : skipped],
          ["Delivered", begun === 0 ? undefined : `${atLeast}${delivered}`],
          ["Waiting", waiting === 0 ? undefined : `${atLeast}${waiting}`],
          ["Failed", dead + expired === 0 ? undefined : `${atLeast}${dead + expired}`],
        ]}
      />
      {told.waits.length === 0 ? null : (
        <ul class="plain">
          {told.waits.map(({ sentence }) => (
            <li>{sentence}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** By destination, and what was skipped for which reason. */
export function Found({ told: { destinations, skipped, reasons } }: { readonly told: WholeReplay }) {
  const rows = Object.entries(destinations);
  const columns: Column<(typeof rows)[number]>[] = [
    { name: "Destination", cell: ([id]) => <a href={pagePath("destinations", id)}>{id}</a> },
    { name: "Deliveries", isNumber: true, cell: ([, count]) => count },
  ];
  const skips: Column<(typeof skipped)[number]>[] = [
    { name: "Event", cell: ({ receipt }) => <a href={pagePath("events", receipt)}>{receipt}</a> },
    { name: "Destination", cell: ({ destination }) => destination },
    { name: "Why", cell: ({ reason }) => reason.replaceAll("_", " ") },
  ];
  return (
    <>
      {rows.length === 0 ? null : <Table columns={columns} rows={rows} label="What it found, by destination" />}
      {skipped.length === 0 ? null : (
        <>
          <h2>Skipped</h2>
          <p>
            {Object.entries(reasons)
              .map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`)
              .join(", ")}
          </p>
          <Table columns={skips} rows={skipped} label="The first that were skipped" />
        </>
      )}
    </>
  );
}

/** In what events differ that were read again. */
export function Differences({ told: { differences = [] } }: { readonly told: WholeReplay }) {
  if (differences.length === 0) return null;
  const rows = differences.flatMap(({ id, fields }) => fields.map((field) => ({ id, ...field })));
  const columns: Column<(typeof rows)[number]>[] = [
    { name: "Event", cell: ({ id }) => <a href={pagePath("events", id)}>{id}</a> },
    { name: "Where", cell: ({ path }) => <code class="wrap">{path}</code> },
    { name: "Before", cell: ({ before }) => <Value of={before} /> },
    { name: "After", cell: ({ after }) => <Value of={after} /> },
  ];
  return (
    <>
      <h2>What differs</h2>
      <Table columns={columns} rows={rows} label="In what the first events differ" />
    </>
  );
}

function Value({ of: value }: { readonly of: unknown }) {
  if (value === undefined) return <span class="none">absent</span>;
  const node = nodeOf(value);
  return <Shown text={node.kind === "scalar" ? node.text : JSON.stringify(value)} />;
}

/** Who asked for it, and how it went. */
export function History({ told: { who, reason, at, started, ended, perSecond, renormalize }, clock }: Props) {
  return (
    <Facts
      of={[
        [
          "Asked for",
          <>
            <Moment at={at} clock={clock} /> by <Shown text={who} />
          </>,
        ],
        ["Why", reason ?? undefined],
        [
          "Started",
          started && (
            <>
              <Moment at={started.at} clock={clock} /> by <Shown text={started.by} />
            </>
          ),
        ],
        [
          "Ended",
          ended && (
            <>
              <Moment at={ended.at} clock={clock} />
              {ended.by === undefined ? null : (
                <>
                  {" "}
                  by <Shown text={ended.by} />
                </>
              )}
            </>
          ),
        ],
        ["Rate", `${perSecond} a second`],
        ["Reads again", renormalize ? "by today's reader" : undefined],
      ]}
    />
  );
}
