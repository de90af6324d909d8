import type * as z from "zod";
import type { readDestination } from "../../api/destinations/read.ts";
import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Age } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Told = z.output<typeof readDestination.gives>;
type Failure = Told["failures"][number];

interface Props {
  readonly of: Pick<Told, "failures">;
  readonly clock: Clock;
  /** Where an event has its page. */
  readonly eventPath?: (receipt: string) => string;
}

/** What last went wrong at a destination, and how often of each. */
export function Failures({ of: { failures }, clock, eventPath = (receipt) => pagePath("events", receipt) }: Props) {
  const columns: Column<Failure>[] = [
    { name: "Event", cell: ({ receipt, type }) => <a href={eventPath(receipt)}>{type}</a> },
    { name: "State", cell: ({ state }) => <State of={state} /> },
    { name: "Attempts", cell: ({ attempt }) => attempt, isNumber: true },
    { name: "Reason", cell: ({ reason }) => reason ?? "" },
    { name: "Next", cell: ({ next }) => <Age at={next} clock={clock} /> },
    { name: "Receipt", cell: ({ receipt }) => <span class="id">{receipt}</span> },
  ];
  return (
    <>
      <h2>What last went wrong</h2>
      {failures.length === 0 ? (
        <p class="note">Nothing that is still kept.</p>
      ) : (
        <>
          <p>{countReasons(failures)}</p>
          <Table columns={columns} rows={failures} label="What last went wrong" />
        </>
      )}
    </>
  );
}

/** `status_500: 12, timeout: 3`, the most frequent first. */
function countReasons(failures: readonly Failure[]): string {
  const groups = [...Map.groupBy(failures, ({ reason }) => reason ?? "no reason yet")];
  const counts = groups.map(([reason, some]) => ({ reason, times: some.length }));
  return counts
    .toSorted((one, other) => other.times - one.times)
    .map(({ reason, times }) => `${reason}: ${times}`)
    .join(", ");
}
