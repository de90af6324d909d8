import { Refusal } from "../../api/operation.ts";
import { stats } from "../../api/stats.ts";
import { status } from "../../api/status/status.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import type { Page } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { refusedView } from "../parts/refused.tsx";
import { Charts } from "./charts.tsx";
import { Lanes } from "./lanes.tsx";
import { readLastLogin } from "./last-login.ts";
import { Needs } from "./needs.tsx";
import { SaidHere } from "./said-here.tsx";
import type { Series } from "./told.ts";

/** What is shown beside how the relay stands is not waited for longer; milliseconds. */
const BESIDE_LIMIT_MS = 2000;

/** Whether all is well, and what needs somebody. */
export const nowPage: Page = {
  path: "/dashboard",
  who: "viewer",
  show: async (visit) => {
    const { ask, clock, caller, url } = visit;
    const [told, series, login] = await Promise.all([ask(status), readSeries(visit), readLastLogin(visit)]);
    if (told instanceof Refusal) return refusedView(told);
    return {
      title: told.verdict === "ok" ? "All is well" : "Now",
      refreshSeconds: 5,
      body: (
        <>
          <h1 class={`verdict ${told.verdict}`}>{told.sentence}</h1>
          <SaidHere url={url} status={told} caller={caller} />
          <Needs status={told} caller={caller} clock={clock} />
          <Lanes status={told} series={series} login={login} caller={caller} clock={clock} />
          {series === undefined ? (
            <p class="note">The figures of the last 24 hours cannot be read at the moment.</p>
          ) : (
            <Charts series={series} clock={clock} />
          )}
        </>
      ),
    };
  },
};

/** Undefined while the log cannot be read: how the relay stands is told all the same. */
async function readSeries({ ask }: Visit): Promise<Series | undefined> {
  const read = await withTimeLimit(ask(stats, { query: { bucket: "hour" } }), BESIDE_LIMIT_MS);
  return read.ok && !(read.value instanceof Refusal) ? read.value : undefined;
}
