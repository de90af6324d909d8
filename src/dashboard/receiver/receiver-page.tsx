import { readDestination } from "../../api/destinations/read.ts";
import { listEvents } from "../../api/events/list.ts";
import { Refusal } from "../../api/operation.ts";
import { DestinationFacts } from "../destinations/destination-facts.tsx";
import { Failures } from "../destinations/failures.tsx";
import { Verify } from "../destinations/verify.tsx";
import type { Markup, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { pagePath } from "../parts/address.ts";
import { Commands } from "../parts/commands.tsx";
import { Act } from "../parts/form/act.tsx";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { Catalog } from "./catalog.tsx";
import { Delivered } from "./delivered.tsx";

/** What a receiver sees: its own destination, and what was sent there. */
export const receiverPage: Page = {
  path: "/dashboard/receiver",
  who: "receiver",
  show: (visit) => receiverView(visit),
};

/** The page of a receiver; on top what was just done, if it is shown once. */
export async function receiverView(visit: Visit, told?: Markup): Promise<View> {
  const { ask, caller, query, clock, url } = visit;
  const id = caller.destination ?? "";
  const { state, type, q, cursor } = query;
  const [one, events] = await Promise.all([
    ask(readDestination, { params: { id } }),
    ask(listEvents, { query: { state, type, q, cursor } }),
  ]);
  if (one instanceof Refusal) return refusedView(one);
  return {
    title: id,
    refreshSeconds: told === undefined && cursor === undefined ? 10 : undefined,
    body: (
      <>
        <h1>{id}</h1>
        <SaidLine url={url} />
        {told}
        <DestinationFacts of={one} clock={clock} deadPath="/dashboard/receiver?state=dead" />
        <div class="row">
          <Act to="/dashboard/receiver/test" name="Send a test event" isMain />
          {one.secrets > 1 ? (
            <Act to="/dashboard/receiver/end-old" name="End the old secret" />
          ) : (
            <Act
              to="/dashboard/receiver/rotate"
              name={one.secrets === 0 ? "Make a secret" : "Rotate the secret"}
              fields={{ seen: String(one.secrets) }}
            />
          )}
        </div>
        <p class="note">
          {one.secrets > 1
            ? `${one.secrets} secrets sign each delivery: verify with the newest, then end the old one.`
            : "A new secret is shown once, and signs beside the one before until you end that."}
        </p>
        <Commands
          id="test"
          origin={url.origin}
          method="POST"
          path={`/api/destinations/${encodeURIComponent(id)}/test`}
          command={["destinations", "test", id]}
        />
        <Delivered of={events} visit={visit} />
        <Failures of={one} clock={clock} eventPath={(receipt) => pagePath("receiver", "events", receipt)} />
        <Catalog events={one.events} />
        <Verify />
      </>
    ),
  };
}
