import type { Refusal } from "../../api/operation.ts";
import { eventStates } from "../../api/parameters.ts";
import { eventTypes } from "../../events/types.ts";
import type { View } from "../page/page.ts";
import { Fault } from "../parts/fault.tsx";
import { type Query, SpanFilter, TextFilter, WordFilter } from "../parts/form/filters.tsx";
import { refusedView } from "../parts/refused.tsx";

const USUAL_RATE = 10;

interface Given {
  /** What stands in the fields. */
  readonly typed: Query;
  readonly zone: string;
  readonly refusal?: Refusal | undefined;
}

/** What a replay is asked with. It counts first: nothing is sent before it is started. */
export function newReplayView({ typed, zone, refusal }: Given): View {
  return {
    title: "New replay",
    status: refusal && refusedView(refusal).status,
    body: (
      <>
        <h1>New replay</h1>
        <p class="lead">
          Counts first, and freezes what it finds. Nothing is sent before you have seen how much it is.
        </p>
        <Fault of={refusal} />
        <form method="post" action="/dashboard/replays">
          <h2>Which events</h2>
          <div class="filters">
            <TextFilter name="source" label="Source" query={typed} />
            <TextFilter name="type" label="Type" query={typed} placeholder="call.*" choices={eventTypes} />
            <WordFilter name="state" label="State" query={typed} choices={eventStates} />
            <TextFilter name="destination" label="Deliveries to" query={typed} />
            <TextFilter name="subject" label="About" query={typed} placeholder="call/7" />
            <SpanFilter query={typed} />
          </div>
          <h2>Where to, and how</h2>
          <div class="filters">
            <TextFilter name="to" label="To" query={typed} placeholder="where they went before" />
            <label>
              Deliveries a second
              <input name="perSecond" type="number" min={1} max={1000} value={typed.perSecond ?? String(USUAL_RATE)} />
            </label>
            <label>
              Why
              <input
                name="reason"
                maxlength={500}
                value={typed.reason ?? ""}
                placeholder="kept with your name"
                size={28}
              />
            </label>
          </div>
          <p>
            <label>
              <input name="renormalize" type="checkbox" value="1" checked={typed.renormalize !== undefined} /> Read the
              webhooks again by today's reader, and send what differs
            </label>
          </p>
          <input type="hidden" name="zone" value={typed.zone ?? zone} />
          <button type="submit" data-key="r">
            Count what this finds
          </button>
        </form>
      </>
    ),
  };
}
