import type { Clock } from "../page/clock.ts";
import { wallTime } from "../page/clock.ts";
import { Bars } from "../parts/bars.tsx";
import { type HourCounts, readHours } from "./hours.ts";
import type { Series } from "./told.ts";

/** The last 24 hours: what came, and what went out. */
export function Charts({ series, clock }: { readonly series: Series; readonly clock: Clock }) {
  const hours = readHours(series).map((hour) => ({ ...hour, name: hourName(hour, clock) }));
  return (
    <div class="columns">
      <section>
        <h2>Webhooks in, by hour</h2>
        <Bars
          label="Webhooks and logins that came in each of the last 24 hours"
          names={hours.map(({ name }) => name)}
          series={[
            { name: "Webhooks", tone: "plain", values: hours.map(({ webhooks }) => webhooks) },
            { name: "Logins", tone: "soft", values: hours.map(({ logins }) => logins) },
          ]}
        />
      </section>
      <section>
        <h2>Deliveries, by hour</h2>
        <Bars
          label="Deliveries and failed attempts in each of the last 24 hours"
          names={hours.map(({ name }) => name)}
          series={[
            { name: "Delivered", tone: "plain", values: hours.map(({ delivered }) => delivered) },
            { name: "Failed attempts", tone: "bad", values: hours.map(({ failed }) => failed) },
          ]}
        />
      </section>
    </div>
  );
}

/** When an hour began, as the clock on the wall has it: `14:00`, `Thu 14:00`. */
function hourName({ at }: HourCounts, clock: Clock): string {
  return wallTime(Date.parse(at), clock).replace(/:\d\d$/, "");
}
