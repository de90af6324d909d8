import { testAlerts } from "../../api/incidents/test-alerts.ts";
import { Refusal } from "../../api/operation.ts";
import type { Action } from "../page/page.ts";
import { refusedView } from "../parts/refused.tsx";
import { State } from "../parts/state.tsx";
import { incidentsView } from "./incidents-page.tsx";

/** Sends a test to whoever is told of incidents, and shows what each answered. */
export const testAlert: Action = {
  path: "/dashboard/incidents/test",
  who: "operator",
  act: async (visit) => {
    const told = await visit.ask(testAlerts);
    if (told instanceof Refusal) return refusedView(told, "/dashboard/incidents");
    const { destinations, more } = told;
    return incidentsView(
      visit,
      <section class="panel" role="status" aria-label="What the test alert came to">
        {destinations.length === 0 ? (
          <p>
            Nobody is told of incidents: no destination names the relay's own events. Add <code>relay.*</code> to the{" "}
            <code>events</code> of one in the configuration.
          </p>
        ) : (
          <ul>
            {destinations.map(({ id, delivered, status, reason, ms }) => (
              <li>
                <State of={delivered ? "delivered" : "refused"} word={id} />:{" "}
                {status === undefined ? (reason ?? "no answer") : `status ${status}`}, {ms} ms
              </li>
            ))}
          </ul>
        )}
        {more ? <p class="note">There are more destinations, to which no test was sent.</p> : null}
      </section>,
    );
  },
};
