import type { Refusal } from "../../api/operation.ts";
import { isAdmitted } from "../page/admitted.ts";
import type { Form, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { Commands } from "../parts/commands.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { Deliveries } from "./deliveries.tsx";
import { EventFacts, RequestFacts, sourceOf } from "./facts.tsx";
import { inWords } from "./in-words.ts";
import { ReplayForm } from "./replay-form.tsx";
import { RevealForm } from "./reveal-form.tsx";
import { Sides } from "./sides.tsx";
import type { WholeEvent } from "./told.ts";

interface Reveal {
  /** What was laid open; `all` unless paths were named. */
  readonly revealed?: readonly string[] | "all" | undefined;
  readonly typed?: Form | undefined;
  readonly refusal?: Refusal | undefined;
}

/** The chain of one event: the request that it came by, what was made of it, and where it went. */
export function eventView(told: WholeEvent, visit: Visit, { revealed, typed, refusal }: Reveal = {}): View {
  const { caller, url, clock } = visit;
  const { event, deliveries } = told;
  const isOperator = isAdmitted(caller, "operator");
  // An admin sees everything as it is.
  const mayReveal = isOperator && caller.role !== "admin" && revealed !== "all";
  const waits = deliveries.some(({ state }) => state === "waiting");
  return {
    title: `${event.type} of ${sourceOf(event)}`,
    status: refusal && refusedView(refusal).status,
    refreshSeconds: waits && revealed === undefined && refusal === undefined ? 5 : undefined,
    body: (
      <>
        <h1>{inWords(told)}</h1>
        <p class="lead">From the request to the last attempt.</p>
        <SaidLine url={url} />
        {revealed === undefined ? null : <Revealed paths={revealed} />}
        <div class="columns chain">
          <RequestFacts told={told} clock={clock} />
          <EventFacts told={told} clock={clock} caller={caller} />
        </div>
        <Deliveries deliveries={deliveries} clock={clock} />
        {isOperator ? <ReplayForm told={told} origin={url.origin} /> : null}
        <h2>Content</h2>
        <Sides told={told} />
        {mayReveal ? <RevealForm id={event.id} typed={typed} refusal={refusal} /> : null}
        <Commands
          id="event"
          origin={url.origin}
          method="GET"
          path={`/api/events/${encodeURIComponent(event.id)}`}
          command={["show", event.id]}
        />
      </>
    ),
  };
}

function Revealed({ paths }: { readonly paths: readonly string[] | "all" }) {
  return (
    <p class="once" role="status">
      {paths === "all" ? "All of it is" : `${paths.join(", ")} ${paths.length === 1 ? "is" : "are"}`} shown in clear, on
      this page alone. The audit tells that you saw it.
    </p>
  );
}
