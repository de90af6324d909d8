import * as z from "zod";
import type { Destination } from "../../config/load-relay.ts";
import { hideUrl } from "../../config/secrets/secret-url.ts";
import type { GateStatus } from "../../delivery/gate/gate.ts";
import { pauseOf, readGate } from "../../delivery/gate/pause.ts";
import { acceptedAtIfAny } from "../../events/receipt.ts";
import { type Backlog, readBacklogs } from "../../log/deliveries/backlog.ts";
import { countDeadLetters, type DeadCounts } from "../../log/deliveries/standing.ts";
import { type Pause, readPauses } from "../../log/pauses.ts";
import { together } from "../../platform/d1/together.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";

/** A destination, as the API shows it. */
export const destinationView = z.object({
  id: openText,
  url: openText.describe("the values of its query as ***, since they may be secrets"),
  format: openText,
  events: z.array(openText),
  sources: z.array(openText),
  secrets: z.int().describe("how many are configured to sign each delivery; none of them is ever shown"),
  paused: z
    .object({ reason: openText, since: openText.optional(), who: userName.optional() })
    .nullable()
    .describe(
      "why nothing is sent; the reason is `configuration`, `operator`, what a receiver said, or `faulty_…`: the part of the configuration that has to be mended",
    ),
  breaker: z
    .object({
      state: z.enum(["closed", "open", "half_open"]),
      failures: z.int().describe("in a row, those of probes among them"),
      since: openText.optional().describe("since when it is open"),
      until: openText.optional().describe("until when nothing at all is sent"),
      nextProbe: openText.optional().describe("when the next delivery is sent to see whether the destination is well"),
    })
    .nullable()
    .describe("null when the gate does not answer"),
  waiting: z.object({
    deliveries: z.int(),
    more: z.boolean().describe("there are more than were counted"),
    oldest: openText.nullable().describe("when the oldest of them was accepted"),
  }),
  dead: z
    .object({
      deliveries: z.int(),
      more: z.boolean().describe("there are more, of this destination or others, than were looked at"),
      oldest: openText.nullable().describe("when the oldest of them was accepted"),
    })
    .describe("given up and not replayed since"),
});
export type DestinationView = z.input<typeof destinationView>;

/** How destinations stand. Rejects when the log cannot be read. */
export async function describeDestinations(env: Env, destinations: readonly Destination[]): Promise<DestinationView[]> {
  const ids = destinations.map(({ id }) => id);
  const { pauses, ...logged } = await readLogged(env.LOG, ids);
  return Promise.all(
    destinations.map(async (destination) => {
      const { id } = destination;
      const pause = pauses.find((one) => one.destination === id);
      return describe(destination, logged, pause, await readGate(env, id));
    }),
  );
}

/** How one destination stands. Rejects when the log cannot be read. */
export async function describeDestination(env: Env, destination: Destination): Promise<DestinationView> {
  const [{ pauses, ...logged }, gate] = await Promise.all([
    readLogged(env.LOG, [destination.id]),
    readGate(env, destination.id),
  ]);
  const pause = pauses.find((one) => one.destination === destination.id);
  return describe(destination, logged, pause, gate);
}

/** What the log tells of deliveries that did not arrive, of all that is described. */
interface Logged {
  readonly backlogs: ReadonlyMap<string, Backlog>;
  readonly dead: DeadCounts;
}

async function readLogged(from: D1Database, ids: readonly string[]): Promise<Logged & { readonly pauses: Pause[] }> {
  const log = together(from);
  const [backlogs, dead, pauses] = await Promise.all([readBacklogs(log, ids), countDeadLetters(log), readPauses(log)]);
  return { backlogs, dead, pauses };
}

function describe(
  destination: Destination,
  { backlogs, dead }: Logged,
  pause: Pause | undefined,
  gate: GateStatus | undefined,
): DestinationView {
  const { id, url, format, events, sources, secrets } = destination;
  const { waiting = 0, more = false, oldest = null } = backlogs.get(id) ?? {};
  const givenUp = dead.counts.get(id);
  const paused = pauseOf(destination, pause ?? heldByGate(gate));
  return {
    id,
    url: hideUrl(url),
    format,
    events,
    sources,
    secrets: secrets.length,
    paused:
      paused === undefined
        ? null
        : {
            reason: paused.reason,
            ...(paused.since === undefined ? {} : { since: toInstant(paused.since) }),
            ...(paused.who === undefined ? {} : { who: paused.who }),
          },
    breaker: gate === undefined ? null : describeBreaker(gate),
    waiting: { deliveries: waiting, more, oldest: tellTime(oldest) },
    dead: { deliveries: givenUp?.deliveries ?? 0, more: dead.more, oldest: tellTime(givenUp?.oldest ?? null) },
  };
}

function tellTime(receipt: string | null): string | null {
  const at = receipt === null ? undefined : acceptedAtIfAny(receipt);
  return at === undefined ? null : toInstant(at);
}

function describeBreaker({ breaker, failures, since, until, nextProbe }: GateStatus) {
  const times = Object.entries({ since, until, nextProbe }).flatMap(([name, at]) =>
    at === undefined ? [] : [[name, toInstant(at)]],
  );
  return { state: breaker, failures, ...Object.fromEntries(times) };
}

/** A pause that only the gate has: the log took none when it was made. */
function heldByGate(gate: GateStatus | undefined): Omit<Pause, "destination"> | undefined {
  return gate?.paused && { ...gate.paused, who: null };
}
