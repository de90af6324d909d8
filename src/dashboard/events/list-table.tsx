import type { Caller } from "../../api/people/role.ts";
import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Agent } from "../parts/agent.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { Subject } from "../parts/subject.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { Destinations, stateOf } from "./standing.tsx";
import type { ListedEvent } from "./told.ts";

interface Props {
  readonly items: readonly ListedEvent[];
  readonly clock: Clock;
  readonly label: string;
  readonly caller: Caller;
}

/** Events, one line each. */
export function EventTable({ items, clock, label, caller }: Props) {
  const columns: Column<ListedEvent>[] = [
    { name: "Received", cell: ({ receivedTime }) => <Moment at={receivedTime} clock={clock} /> },
    {
      name: "Type",
      cell: ({ id, type, repeated }) => (
        <>
          <a href={pagePath("events", id)}>{type}</a>
          {repeated === 0 ? null : <span class="note"> repeated {repeated} ×</span>}
        </>
      ),
    },
    { name: "State", cell: (item) => <State of={stateOf(item)} /> },
    { name: "Source", cell: ({ source }) => source },
    { name: "About", cell: ({ subject, source }) => <Subject subject={subject} source={source} caller={caller} /> },
    { name: "Agent", cell: ({ agent }) => <Agent of={agent} /> },
    { name: "Destinations", cell: (item) => <Destinations {...item} /> },
  ];
  return <Table columns={columns} rows={items} label={label} rowId={({ id }) => id} />;
}
