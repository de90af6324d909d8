import type * as z from "zod";
import type { listDeadLetters } from "../../api/dead-letters/list.ts";
import type { Clock } from "../page/clock.ts";
import { address, pagePath } from "../parts/address.ts";
import { InCode } from "../parts/in-code.tsx";
import { Moment } from "../parts/moment.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Told = z.output<typeof listDeadLetters.gives>;
type Group = Told["items"][number];

interface Props {
  readonly groups: Told;
  readonly clock: Clock;
  readonly mayReplay: boolean;
}

/** What was given up by destination and cause, each with what to do. */
export function CauseTable({ groups: { items, more }, clock, mayReplay }: Props) {
  const replay: Column<Group> = {
    name: "Mend",
    cell: (group) => (
      <a class="button quiet" href={address("/dashboard/replays/new", filterOf(group))}>
        Replay…
      </a>
    ),
  };
  const columns: Column<Group>[] = [
    { name: "Cause", cell: ({ sentence, reason }) => <Cause sentence={sentence} reason={reason} /> },
    {
      name: "Destination",
      cell: ({ destination }) => <a href={pagePath("destinations", destination)}>{destination}</a>,
    },
    { name: "Count", isNumber: true, cell: ({ deliveries }) => `${more ? "at least " : ""}${deliveries}` },
    { name: "First", cell: ({ first }) => <Moment at={first} clock={clock} /> },
    { name: "Last", cell: ({ last }) => <Moment at={last} clock={clock} /> },
    { name: "Sample", cell: ({ sample }) => <a href={pagePath("events", sample)}>newest</a> },
    { name: "Next step", cell: ({ next }) => <InCode text={next} /> },
    ...(mayReplay ? [replay] : []),
  ];
  return (
    <>
      <Table columns={columns} rows={items} label="Dead letters by cause" />
      <p class="note">
        A replay takes all that its destination was not given in that time, whatever the cause; before it starts you see
        how many.
      </p>
    </>
  );
}

function Cause({ sentence, reason }: Pick<Group, "sentence" | "reason">) {
  return (
    <>
      <InCode text={sentence} /> {reason === null ? null : <span class="note">{reason}</span>}
    </>
  );
}

const SECOND_MS = 1000;

/** The filter of a replay that finds a group: its end is not among it. */
function filterOf({ state, destination, first, last }: Group) {
  const until = new Date(Date.parse(last) + SECOND_MS).toISOString();
  return { state, destination, since: first, until };
}
