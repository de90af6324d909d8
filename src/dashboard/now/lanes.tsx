import type { Clock } from "../page/clock.ts";
import { Age } from "../parts/moment.tsx";
import { State } from "../parts/state.tsx";
import type { Status } from "./told.ts";

/** The way of the webhooks: what comes, what waits here, where it goes. */
export function Lanes({ status, clock }: { readonly status: Status; readonly clock: Clock }) {
  return (
    <div class="columns">
      <Sources status={status} clock={clock} />
      <Destinations status={status} clock={clock} />
    </div>
  );
}

function Sources({ status: { sources }, clock }: { readonly status: Status; readonly clock: Clock }) {
  return (
    <section>
      <h2>Sources</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Last</th>
              <th scope="col" class="number">
                Webhooks
              </th>
              <th scope="col" class="number">
                Refused
              </th>
            </tr>
          </thead>
          <tbody>
            {sources.map(({ id, vendor, last, lately }) => (
              <tr>
                <td>
                  <a href={`/dashboard/sources/${encodeURIComponent(id)}`}>{id}</a> <span class="note">{vendor}</span>
                </td>
                <td>
                  <Age at={last} clock={clock} />
                </td>
                <td class="number">{lately.webhooks + lately.logins}</td>
                <td class="number">{lately.refused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Destinations({ status: { destinations }, clock }: { readonly status: Status; readonly clock: Clock }) {
  return (
    <section>
      <h2>Destinations</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Destination</th>
              <th scope="col">State</th>
              <th scope="col" class="number">
                Delivered
              </th>
              <th scope="col" class="number">
                Waiting
              </th>
              <th scope="col">Oldest</th>
              <th scope="col" class="number">
                Dead
              </th>
            </tr>
          </thead>
          <tbody>
            {destinations.map(({ id, paused, breaker, waiting, dead, lately }) => (
              <tr>
                <td>
                  <a href={`/dashboard/destinations/${encodeURIComponent(id)}`}>{id}</a>
                </td>
                <td>
                  <State of={paused === null ? breakerWord(breaker?.state) : "paused"} />
                </td>
                <td class="number">{lately.delivered}</td>
                <td class="number">{waiting.deliveries}</td>
                <td>
                  <Age at={waiting.oldest} clock={clock} />
                </td>
                <td class="number">{dead.deliveries === 0 ? 0 : <strong>{dead.deliveries}</strong>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function breakerWord(state: "closed" | "open" | "half_open" | undefined): string {
  return state === undefined ? "not asked" : state === "closed" ? "ok" : state;
}
