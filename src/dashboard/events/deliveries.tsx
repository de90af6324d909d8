import type { Clock } from "../page/clock.ts";
import { pagePath } from "../parts/address.ts";
import { Shown } from "../parts/form/hidden.tsx";
import { Moment } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";
import type { Delivery } from "./told.ts";

type Attempt = Delivery["attempts"][number];

interface Props {
  readonly deliveries: readonly Delivery[];
  readonly clock: Clock;
}

/** Where an event went, attempt by attempt. */
export function Deliveries({ deliveries, clock }: Props) {
  return (
    <section id="deliveries">
      <h2>Deliveries</h2>
      {deliveries.length === 0 ? <p class="lead">No destination wanted it when it came.</p> : null}
      {deliveries.map((one) => (
        <OneDelivery delivery={one} clock={clock} />
      ))}
    </section>
  );
}

function OneDelivery({ delivery, clock }: { readonly delivery: Delivery; readonly clock: Clock }) {
  const { destination, run, state, waits, who, reason, attempts } = delivery;
  return (
    <section class={`delivery ${state}`}>
      <h3>
        <a href={pagePath("destinations", destination)}>{destination}</a> <State of={state} />{" "}
        {run === 0 ? null : (
          <span class="note">
            replay {run}
            {who === undefined ? null : (
              <>
                {" "}
                by <Shown text={who} />
              </>
            )}
          </span>
        )}
      </h3>
      {waits === undefined ? null : <Waits waits={waits} clock={clock} />}
      {attempts.length === 0 ? (
        <p class="note">Not tried yet{reason === null ? "" : `: ${reason.replaceAll("_", " ")}`}.</p>
      ) : (
        <Table columns={columnsFor(clock)} rows={attempts} label={`Attempts to ${destination}, run ${run}`} />
      )}
    </section>
  );
}

/** For what and until when, on the clock of whoever looks. */
function Waits({ waits: { sentence, until }, clock }: { waits: NonNullable<Delivery["waits"]>; clock: Clock }) {
  const [before = "", after = ""] = until === null ? [sentence] : sentence.split(until);
  return (
    <p>
      Waits: {before}
      {until === null ? null : <Moment at={until} clock={clock} />}
      {after}.
    </p>
  );
}

function columnsFor(clock: Clock): Column<Attempt>[] {
  return [
    { name: "Attempt", isNumber: true, cell: ({ n }) => n },
    { name: "At", cell: ({ at }) => <Moment at={at} clock={clock} /> },
    { name: "Took", isNumber: true, cell: ({ ms }) => (ms === undefined ? "" : `${ms} ms`) },
    { name: "Result", cell: (attempt) => <State of={resultOf(attempt)} tone={isTaken(attempt) ? "good" : "bad"} /> },
    {
      name: "Answer",
      cell: ({ answer }) => (answer === undefined ? <span class="none">–</span> : <Answer text={answer} />),
    },
  ];
}

function Answer({ text }: { readonly text: string }) {
  return (
    <code>
      <Shown text={text} />
    </code>
  );
}

function isTaken({ status }: Attempt): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function resultOf({ status, reason }: Attempt): string {
  if (status !== undefined) return String(status);
  return reason ?? "no answer";
}
