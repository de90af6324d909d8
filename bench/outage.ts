import { setTimeout as wait } from "node:timers/promises";
import { bundleWorker } from "../src/cli/local/build/bundle.ts";
import { withDeliveries } from "./delivery-relay.ts";
import { rounded } from "./figures.ts";
import { sendPaced, untilArrived } from "./pace.ts";

const PER_SECOND = 10;
const OUTAGE_SECONDS = 20;
const WARM_UP = 20;

/** What a destination that fails for a while costs in time. */
export interface OutageFigure {
  readonly outageSeconds: number;
  readonly events: number;
  /** From its return until all that came meanwhile was there. */
  readonly secondsUntilThere: number;
}

/** Lets a destination answer 503 for a while, with events under way, and measures until all is there after that. */
export async function benchOutage(): Promise<OutageFigure> {
  return withDeliveries(await bundleWorker(), ["/well"], async (relay) => {
    await untilArrived(relay, "/well", await sendPaced(relay, { name: "warm", count: WARM_UP, perSecond: PER_SECOND }));
    relay.receivers.fail(true);
    const over = wait(OUTAGE_SECONDS * 1000).then(() => {
      relay.receivers.fail(false);
      return performance.now();
    });
    const events = OUTAGE_SECONDS * PER_SECOND;
    const sent = await sendPaced(relay, { name: "down", count: events, perSecond: PER_SECOND });
    const returned = await over;
    await untilArrived(relay, "/well", sent);
    const arrived = relay.receivers.arrivals("/well");
    const last = Math.max(...[...sent.keys()].map((subject) => arrived.get(subject) ?? Number.NaN));
    return { outageSeconds: OUTAGE_SECONDS, events, secondsUntilThere: rounded((last - returned) / 1000, 1) };
  });
}
