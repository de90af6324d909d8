import { type Clock, span } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { CallEvent } from "./told.ts";

interface Row extends CallEvent {
  readonly number: number;
}

/** The events of a call, in the order of what they tell. */
export function CallTable({ items, clock }: { readonly items: readonly CallEvent[]; readonly clock: Clock }) {
  const rows = items.map((item, position): Row => ({ ...item, number: position + 1 }));
  const columns: Column<Row>[] = [
    { name: "№", isNumber: true, cell: ({ number }) => number },
    { name: "Event", cell: ({ id, type }) => <a href={pagePath("events", id)}>{type}</a> },
    { name: "Happened", cell: ({ time }) => <Moment at={time} clock={clock} /> },
    { name: "Received", cell: ({ receivedTime }) => <Moment at={receivedTime} clock={clock} /> },
    { name: "On its way", isNumber: true, cell: ({ time, receivedTime }) => delay(time, receivedTime) },
    { name: "Destinations", cell: (row) => <Deliveries of={row} clock={clock} /> },
    { name: "Remarks", cell: (row) => <Remarks of={row} /> },
  ];
  return <Table columns={columns} rows={rows} label="Events of the call" rowId={({ id }) => id} />;
}

function delay(time: string, receivedTime: string): string {
  const ms = Date.parse(receivedTime) - Date.parse(time);
  return ms > 0 ? span(ms) : "";
}

function Deliveries({ of: { deliveries }, clock }: { readonly of: Row; readonly clock: Clock }) {
  if (deliveries.length === 0) return <span class="none">–</span>;
  return (
    <span class="standing">
      {deliveries.map(({ destination, state, at }) => (
        <span>
          {destination} <State of={state} /> {at === null ? null : <Moment at={at} clock={clock} />}
        </span>
      ))}
    </span>
  );
}

function Remarks({ of: { late, repeated, corrects, corrected } }: { readonly of: Row }) {
  return (
    <span class="row">
      {late ? <State of="late" tone="waiting" /> : null}
      {repeated > 0 ? <State of="duplicate" word={`repeated ${repeated} ×`} /> : null}
      {corrects === undefined ? null : <a href={pagePath("events", corrects)}>corrects another</a>}
      {corrected.map((id) => (
        <a href={pagePath("events", id)}>corrected</a>
      ))}
    </span>
  );
}
