import { eventStates } from "../../api/parameters.ts";
import { eventTypes } from "../../events/types.ts";
import type { Clock } from "../page/clock.ts";
import { Filters, type Query, SpanFilter, TextFilter, WordFilter } from "../parts/form/filters.tsx";
import type { ListedEvent } from "./told.ts";

/** What a list of events may be narrowed by, and what a replay takes of it. */
export const replayed = ["source", "type", "state", "destination", "subject", "since", "until"] as const;
const names = [...replayed, "q"];

interface Props {
  readonly query: Query;
  readonly items: readonly ListedEvent[];
  readonly clock: Clock;
}

/** What narrows the list of events. Sources and destinations are suggested as far as the list shows them. */
export function EventFilters({ query, items, clock }: Props) {
  const sources = [...new Set(items.map(({ source }) => source))].toSorted();
  const destinations = new Set(items.flatMap(({ undelivered }) => undelivered.map(({ destination }) => destination)));
  const groups = [...new Set(eventTypes.map((type) => `${type.split(".")[0]}.*`))];
  return (
    <Filters path="/dashboard/events" query={query} names={names} clock={clock}>
      <TextFilter name="q" label="Any id" query={query} placeholder="evt_…, rcpt_…, req_…, a call" />
      <TextFilter name="source" label="Source" query={query} choices={sources} />
      <TextFilter name="type" label="Type" query={query} placeholder="call.*" choices={[...groups, ...eventTypes]} />
      <WordFilter name="state" label="State" query={query} choices={eventStates} />
      <TextFilter name="destination" label="Destination" query={query} choices={[...destinations].toSorted()} />
      <SpanFilter query={query} />
      {query.subject === undefined ? null : <TextFilter name="subject" label="About" query={query} />}
    </Filters>
  );
}
