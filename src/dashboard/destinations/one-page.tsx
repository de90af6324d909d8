import { readDestination } from "../../api/destinations/read.ts";
import { Refusal } from "../../api/operation.ts";
import { isAtLeast } from "../../api/people/role.ts";
import { stats } from "../../api/stats.ts";
import type { Markup, Page, View } from "../page/page.ts";
import type { Visit } from "../page/visit.ts";
import { refusedView } from "../parts/refused.tsx";
import { SaidLine } from "../parts/said.tsx";
import { Deeds } from "./deeds.tsx";
import { DestinationFacts } from "./destination-facts.tsx";
import { Failures } from "./failures.tsx";
import { lastDayOf } from "./last-day.ts";
import { LastDayChart } from "./last-day-chart.tsx";
import { PauseOrResume } from "./list-page.tsx";
import { Secrets } from "./secrets.tsx";
import { Verify } from "./verify.tsx";

/** One destination. */
export const destinationPage: Page = {
  path: "/dashboard/destinations/:id",
  who: "viewer",
  show: (visit) => destinationView(visit),
};

/** One destination: how it stands, what went wrong, and what can be done; on top what was just done, if it is shown once. */
export async function destinationView(visit: Visit, told?: Markup): Promise<View> {
  const { ask, params, caller, clock, url } = visit;
  const [one, counted] = await Promise.all([
    ask(readDestination, { params }),
    ask(stats, { query: { bucket: "hour" } }),
  ]);
  if (one instanceof Refusal) return refusedView(one, "/dashboard/destinations");
  const day = lastDayOf(one.id, counted instanceof Refusal ? { destinations: [] } : counted, clock.now);
  return {
    title: one.id,
    body: (
      <>
        <h1>{one.id}</h1>
        <SaidLine url={url}>{isAtLeast(caller, "operator") ? <PauseOrResume of={one} from="page" /> : null}</SaidLine>
        {told}
        <DestinationFacts of={one} day={day} clock={clock} />
        <Deeds of={one} visit={visit} />
        <LastDayChart id={one.id} day={day} />
        <Failures of={one} clock={clock} />
        <h2>Secrets</h2>
        <Secrets of={one} visit={visit} />
        <Verify />
      </>
    ),
  };
}
