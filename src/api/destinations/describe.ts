import * as z from "zod";
import type { Destination } from "../../config/load-relay.ts";
import { hideUrl } from "../../config/secrets/secret-url.ts";
import { type DestinationStatus, gateStatus } from "../../delivery/gate/pause.ts";
import { acceptedAt } from "../../events/receipt.ts";
import { type Backlog, readBacklogs } from "../../log/deliveries/backlog.ts";
import { toInstant } from "../../platform/time.ts";

/** A destination, as the API shows it. */
export const destinationView = z.object({
  id: z.string(),
  url: z.string().describe("the values of its query as ***, since they may be secrets"),
  format: z.string(),
  events: z.array(z.string()),
  sources: z.array(z.string()),
  paused: z
    .object({ reason: z.string(), since: z.string().optional() })
    .nullable()
    .describe(
      "why nothing is sent; the reason is `configuration`, `operator`, what a receiver said, or `faulty_…`: the part of the configuration that has to be mended",
    ),
  breaker: z
    .object({ state: z.enum(["closed", "open", "half_open"]), failures: z.int(), until: z.string().optional() })
    .nullable()
    .describe("null when the gate does not answer"),
  waiting: z.object({
    deliveries: z.int(),
    more: z.boolean().describe("there are more than were counted"),
    oldest: z.string().nullable().describe("when the oldest of them was accepted"),
  }),
});
export type DestinationView = z.input<typeof destinationView>;

/** How destinations stand. Rejects when the log cannot be read. */
export async function describeDestinations(env: Env, destinations: readonly Destination[]): Promise<DestinationView[]> {
  const backlogs = await readBacklogs(
    env.LOG,
    destinations.map(({ id }) => id),
  );
  return Promise.all(destinations.map((destination) => describe(env, destination, backlogs.get(destination.id))));
}

/** How one destination stands. Rejects when the log cannot be read. */
export async function describeDestination(env: Env, destination: Destination): Promise<DestinationView> {
  return describe(env, destination, (await readBacklogs(env.LOG, [destination.id])).get(destination.id));
}

async function describe(env: Env, destination: Destination, backlog: Backlog | undefined): Promise<DestinationView> {
  const { paused, gate } = await gateStatus(env, destination.id);
  const { id, url, format, events, sources } = destination;
  const { waiting = 0, more = false, oldest = null } = backlog ?? {};
  return {
    id,
    url: hideUrl(url),
    format,
    events,
    sources,
    paused: pauseOf(destination, paused),
    breaker:
      gate === undefined
        ? null
        : {
            state: gate.breaker,
            failures: gate.failures,
            ...(gate.until === undefined ? {} : { until: toInstant(gate.until) }),
          },
    waiting: { deliveries: waiting, more, oldest: oldest === null ? null : toInstant(acceptedAt(oldest)) },
  };
}

function pauseOf({ paused, faulty }: Destination, pause: DestinationStatus["paused"]): DestinationView["paused"] {
  if (faulty !== undefined) return { reason: faulty };
  if (paused) return { reason: "configuration" };
  return pause === undefined ? null : { reason: pause.reason, since: toInstant(pause.since) };
}
