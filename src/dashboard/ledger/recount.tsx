import { Field } from "../parts/form/field.tsx";
import { State } from "../parts/state.tsx";
import { Table } from "../parts/table.tsx";
import type { Ledger } from "./told.ts";

interface Props {
  readonly of: Ledger;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

/** Days counted again from the log itself, and where that tells otherwise than the counters. */
export function Recount({ of: { recounted, unchecked = [], mismatches = [] }, since, until }: Props) {
  return (
    <>
      <h2 id="recount">Count again</h2>
      <form class="filters" action="/dashboard/ledger#recount">
        <input type="hidden" name="recount" value="1" />
        <Field id="since" label="From (UTC day)">
          <input id="since" name="since" type="date" value={since} />
        </Field>
        <Field id="until" label="To">
          <input id="until" name="until" type="date" value={until} />
        </Field>
        <button type="submit" class="quiet">
          Count again
        </button>
      </form>
      {recounted === undefined ? (
        <p class="note">
          Today unless days are given; 7 days of the last 28 at a time. The counters are compared with the log itself.
        </p>
      ) : (
        <section aria-label="What was counted again">
          <p>
            <State
              of={mismatches.length === 0 && unchecked.length === 0 ? "ok" : "attention"}
              word={mismatches.length === 0 ? "The log tells the same" : "The log tells otherwise"}
            />{" "}
            of {recounted.length === 0 ? "no day" : recounted.join(", ")}.
          </p>
          {unchecked.length === 0 ? null : (
            <p class="fault">Too many rows for one request: {unchecked.join(", ")}. Count each of these days alone.</p>
          )}
          {mismatches.length === 0 ? null : (
            <Table
              columns={[
                { name: "Day", cell: ({ day }) => day },
                { name: "Source", cell: ({ source }) => source },
                { name: "Counter", cell: ({ counter }) => counter },
                { name: "Counted", cell: ({ tally }) => tally, isNumber: true },
                { name: "In the log", cell: ({ log }) => log, isNumber: true },
              ]}
              rows={mismatches}
              label="Where the log tells otherwise"
            />
          )}
        </section>
      )}
    </>
  );
}
