import type { Destination, Relay, Source } from "../../config/load-relay.ts";
import { nearLimits } from "../../config/plan.ts";
import { isTimezone } from "../../config/schema/timezone.ts";
import type { GateStatus } from "../../delivery/gate/gate.ts";
import { pauseOf, readGate } from "../../delivery/gate/pause.ts";
import { acceptedAtIfAny, receiptAt } from "../../events/receipt.ts";
import { readBeats } from "../../log/beats.ts";
import { type DeadLetters, readDeadLetters, readOldestWaiting } from "../../log/deliveries/standing.ts";
import { readLastFailure } from "../../log/events/fate.ts";
import { waitingIn } from "../../log/ledger/flow.ts";
import { readTotals, type Totals } from "../../log/ledger/totals.ts";
import { countBusyHours } from "../../log/ledger/usual.ts";
import { readPauses } from "../../log/pauses.ts";
import { readSpoolStanding } from "../../log/spool.ts";
import { readUsage } from "../../log/usage.ts";
import { mapZoneOf } from "../../login/store/permissions.ts";
import { clockAt, compileWindow, isOpen } from "../../login/window.ts";
import { HOUR_MS, hourOf } from "../../platform/time.ts";
import type { Work } from "../../platform/work.ts";
import type { DestinationFacts, LogFacts, QueueFacts, SourceFacts } from "../../status/facts.ts";
import { usualHours } from "../../status/usual-hours.ts";

/** The Free plan allows a request 50 others; of more destinations the breaker is not asked, those with the most waiting first. */
const MAX_GATES = 20;
const MINUTE_MS = 60_000;

/** Whose breakers are looked at: of what waits for nothing only somebody who looks at all wants to know. */
export type AskedGates = "all" | "waiting";

/** What the log tells, and the counters that it was told from. */
export interface GatheredLog {
  readonly facts: LogFacts;
  readonly totals: Totals;
  readonly usage: Awaited<ReturnType<typeof readUsage>>;
}

/**
 * Reads what the log, the gates and the queues tell. Examines some 10,000 rows at most, whatever the log has, and 201 for
 * each destination. Rejects when the log cannot be read.
 */
export async function gatherLog(relay: Relay | undefined, { env, now }: Work, gates: AskedGates): Promise<GatheredLog> {
  const { sources = new Map<string, Source>(), destinations = [] } = relay ?? {};
  const lately = now - (now % HOUR_MS) - HOUR_MS;
  const asked = [...sources.values()].map((one) => ({ source: one.id, hours: usualHours(now, mapZoneOf(one)) }));
  const [totals, beats, pauses, dead, oldest, spool, weeks, usage, lastFailure, events, travelling] = await Promise.all(
    [
      readTotals(env.LOG, hourOf(lately)),
      readBeats(env.LOG),
      readPauses(env.LOG),
      readDeadLetters(env.LOG),
      readOldestWaiting(
        env.LOG,
        destinations.map(({ id }) => id),
      ),
      readSpoolStanding(env.LOG),
      countBusyHours(env.LOG, asked),
      readUsage(env.LOG, now),
      readLastFailure(env.LOG, receiptAt(lately)),
      env.EVENTS.metrics(),
      env.DEAD.metrics(),
    ],
  );
  const waiting = (id: string) => {
    const flow = totals.ever.destinations.get(id);
    return flow === undefined ? 0 : waitingIn(flow);
  };
  const asking = gates === "all" ? destinations : destinations.filter(({ id }) => waiting(id) > 0);
  const states = await readGates(env, asking, waiting);
  const standing = (id: string): Omit<DestinationFacts, "paused" | "breaker"> => ({
    id,
    waiting: waiting(id),
    oldest: receivedAt(oldest.get(id)),
    dead: toDead(dead.get(id)),
  });
  const known = new Set(destinations.map(({ id }) => id));
  const facts: LogFacts = {
    cron: beats.get("cron"),
    lately,
    sources: [...sources.values()].map((source): SourceFacts => {
      const { id, silentAfter } = source;
      const last = totals.ever.sources.get(id)?.last ?? 0;
      return {
        id,
        last: last === 0 ? undefined : last,
        weeks: weeks.get(id) ?? 0,
        silentAfterMinutes: silentAfter,
        expected: isExpected(source, now),
        failed: totals.lately.sources.get(id)?.failed ?? 0,
      };
    }),
    destinations: [
      ...destinations.map((destination) => {
        const pause = pauses.find((one) => one.destination === destination.id);
        return {
          ...standing(destination.id),
          paused: pauseOf(destination, pause),
          breaker: breakerOf(states.get(destination.id)),
        };
      }),
      // What was given up for a destination that is no longer there.
      ...[...dead.keys()]
        .filter((id) => !known.has(id))
        .map((id) => ({ ...standing(id), paused: undefined, breaker: undefined })),
    ],
    refused: totals.lately.refused.toSorted((one, other) => other.times - one.times),
    lastFailure,
    spool: { waiting: spool.waiting, more: spool.more, oldest: receivedAt(spool.oldest ?? undefined) },
    queued: toQueue(events),
    travelling: toQueue(travelling),
    limits: nearLimits({ ...usage, backlogBytes: Math.max(events.backlogBytes, travelling.backlogBytes) }, relay?.plan),
  };
  return { facts, totals, usage };
}

/** Whether something is to come from a source now, and was to come when its silence may have begun. */
function isExpected(source: Source, now: number): boolean {
  const { hours, silentAfter = 0 } = source;
  if (hours === undefined) return true;
  const zone = mapZoneOf(source);
  const tz = hours.tz !== undefined && isTimezone(hours.tz) ? hours.tz : zone;
  const window = compileWindow({ hours: { ...hours, tz } }, zone);
  return [now, now - silentAfter * MINUTE_MS].every((at) => isOpen(window, at, clockAt(at)));
}

async function readGates(
  env: Env,
  destinations: readonly Destination[],
  waiting: (id: string) => number,
): Promise<ReadonlyMap<string, GateStatus | undefined>> {
  const asked = destinations.toSorted((one, other) => waiting(other.id) - waiting(one.id)).slice(0, MAX_GATES);
  return new Map(await Promise.all(asked.map(async ({ id }) => [id, await readGate(env, id)] as const)));
}

function breakerOf(gate: GateStatus | undefined): DestinationFacts["breaker"] {
  if (gate === undefined) return undefined;
  const { breaker: state, failures, since, nextProbe } = gate;
  return { state, failures, since: since === 0 ? undefined : since, nextProbe };
}

function toQueue({ backlogCount, oldestMessageTimestamp }: QueueMetrics): QueueFacts {
  return { messages: backlogCount, oldest: oldestMessageTimestamp?.getTime() };
}

function toDead(dead: DeadLetters | undefined): DestinationFacts["dead"] {
  if (dead === undefined) return { deliveries: 0, more: false, oldest: undefined };
  return { deliveries: dead.deliveries, more: dead.more, oldest: receivedAt(dead.oldest) };
}

function receivedAt(receipt: string | undefined): number | undefined {
  return receipt === undefined ? undefined : acceptedAtIfAny(receipt);
}
