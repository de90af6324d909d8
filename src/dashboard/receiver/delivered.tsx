import type * as z from "zod";
import type { listEvents } from "../../api/events/list.ts";
import { Refusal } from "../../api/operation.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Empty } from "../parts/empty.tsx";
import { Field } from "../parts/form/field.tsx";
import { Age } from "../parts/moment.tsx";
import { Pager } from "../parts/pager.tsx";
import { State } from "../parts/state.tsx";
import { type Column, Table } from "../parts/table.tsx";

type Told = z.output<typeof listEvents.gives>;
type Item = Extract<Told["items"][number], { state: string }>;

const states = ["waiting", "delivered", "dead", "expired"];

/** The events that were due to a destination, the newest first. */
export function Delivered({
  of,
  visit: { clock, query, url },
}: {
  readonly of: Told | Refusal;
  readonly visit: Visit;
}) {
  const columns: Column<Item>[] = [
    { name: "Event", cell: ({ id, type }) => <a href={pagePath("receiver", "events", id)}>{type}</a> },
    { name: "Received", cell: ({ receivedTime }) => <Age at={receivedTime} clock={clock} /> },
    { name: "About", cell: ({ subject }) => <span class="id">{subject ?? ""}</span> },
    { name: "State", cell: ({ state }) => <State of={state} /> },
    { name: "Id", cell: ({ id }) => <span class="id">{id}</span> },
  ];
  return (
    <>
      <h2>What was sent here</h2>
      <form class="filters">
        <Field id="q" label="An event's id or receipt">
          <input id="q" name="q" type="search" value={query.q} maxlength={512} data-key="/" />
        </Field>
        <Field id="type" label="Type">
          <input id="type" name="type" value={query.type} placeholder="call.*" />
        </Field>
        <Field id="state" label="State">
          <select id="state" name="state">
            <option value="">any</option>
            {states.map((one) => (
              <option value={one} selected={one === query.state}>
                {one}
              </option>
            ))}
          </select>
        </Field>
        <button type="submit" class="quiet">
          Show
        </button>
      </form>
      {of instanceof Refusal ? (
        <p class="fault">{of.detail}</p>
      ) : (
        <>
          {of.items.length === 0 ? (
            <Empty title={of.next === null ? "No event fits." : "No event of this page fits; there are older ones."}>
              <p>Send a test event above to see whether your receiver takes one.</p>
            </Empty>
          ) : (
            <Table
              columns={columns}
              rows={of.items.flatMap((item) => ("state" in item ? item : []))}
              label="What was sent here"
              rowId={({ id }) => id}
            />
          )}
          <Pager url={url} next={of.next} />
        </>
      )}
    </>
  );
}
