import type { Destination, Relay, Source } from "../../config/load-relay.ts";
import { nearLimits } from "../../config/plan.ts";
import { isTimezone } from "../../config/schema/timezone.ts";
import type { GateStatus } from "../../delivery/gate/gate.ts";
import { pauseOf, readGate } from "../../delivery/gate/pause.ts";
import { acceptedAtIfAny, receiptAt } from "../../events/receipt.ts";
import { readBeats } from "../../log/beats.ts";
import {
  type DeadLetters,
  readDeadLetters,
  readOldestWaiting,
  type WaitingLimits,
} from "../../log/deliveries/standing.ts";
import { readLastFailure } from "../../log/events/fate.ts";
import { waitingIn } from "../../log/ledger/flow.ts";
import { readTotals, type Totals } from "../../log/ledger/totals.ts";
import { countBusyHours } from "../../log/ledger/usual.ts";
import { readPauses } from "../../log/pauses.ts";
import { readSpoolStanding } from "../../log/spool.ts";
import { readUsage } from "../../log/usage.ts";
import { mapZoneOf } from "../../login/store/permissions.ts";
import { clockAt, compileWindow, isOpen } from "../../login/window.ts";
import { together } from "../../platform/d1/together.ts";
import { DAY_MS, dayOf, HOUR_MS, hourOf } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import type { DestinationFacts, LogFacts, QueueFacts, SourceFacts } from "../../status/facts.ts";
import { usualHours } from "../../status/usual-hours.ts";
import { inTurn } from "./in-turn.ts";

/** The Free plan allows a request 50 others, the Paid plan 10,000; of more destinations the breaker is not asked. */
const MAX_GATES = { whole: { free: 20, paid: 200 }, brief: 10 } as const;
const MINUTE_MS = 60_000;

/** What is looked at each minute costs rows each minute: the Free plan allows five million a day, 3,400 a minute. */
const BRIEF_LIMITS: WaitingLimits = { timed: 100, probed: 20 };

/**
 * How much is looked at: `whole` for whoever asks, with the breakers of those first that have the most waiting; `brief` for each
 * minute, with what the Free plan allows: no dead letters, breakers only where something waits, and of many of them, and of
 * maps, some in turn.
 */
export type Extent = "whole" | "brief";

/** A dead letter that nobody has sent again by then was left: the last one needs somebody for so long. A weekend is shorter. */
const NEW_DEAD_MS = 3 * DAY_MS;

/** What the log tells, and the counters that it was told from. */
export interface GatheredLog {
  readonly facts: LogFacts;
  readonly totals: Totals;
  readonly usage: Awaited<ReturnType<typeof readUsage>>;
}

/**
 * Reads what the log, the gates and the queues tell. Examines some 10,000 rows at most, whatever the log has, and 201 for
 * each destination; briefly some 300, and 25 for each. Rejects when the log cannot be read.
 */
export async function gatherLog(relay: Relay | undefined, { env, now }: Work, extent: Extent): Promise<GatheredLog> {
  const { sources = new Map<string, Source>(), destinations = [] } = relay ?? {};
  const lately = now - (now % HOUR_MS) - HOUR_MS;
  const asked = [...sources.values()].map((one) => ({ source: one.id, hours: usualHours(now, mapZoneOf(one)) }));
  const log = together(env.LOG);
  const [totals, beats, pauses, dead, oldest, spool, weeks, usage, lastFailure, events, travelling] = await Promise.all(
    [
      readTotals(log, hourOf(lately)),
      readBeats(log),
      readPauses(log),
      extent === "whole" ? readDeadLetters(log, dayOf(now - NEW_DEAD_MS)) : new Map<string, DeadLetters>(),
      readOldestWaiting(
        log,
        destinations.map(({ id }) => id),
        extent === "whole" ? undefined : BRIEF_LIMITS,
      ),
      readSpoolStanding(log),
      countBusyHours(log, asked),
      readUsage(log, now),
      readLastFailure(log, receiptAt(lately)),
      env.EVENTS.metrics(),
      env.DEAD.metrics(),
    ],
  );
  const waiting = (id: string) => {
    const flow = totals.ever.destinations.get(id);
    return flow === undefined ? 0 : waitingIn(flow);
  };
  const states = await readGates(
    env,
    extent === "whole"
      ? destinations
          .toSorted((one, other) => waiting(other.id) - waiting(one.id))
          .slice(0, MAX_GATES.whole[relay?.plan ?? "free"])
      : inTurn(
          destinations.filter(({ id }) => waiting(id) > 0),
          MAX_GATES.brief,
          now,
        ),
  );
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
      const { failed = 0, questions = 0, answered = 0 } = totals.lately.sources.get(id) ?? {};
      return {
        id,
        last: last === 0 ? undefined : last,
        weeks: weeks.get(id) ?? 0,
        silentAfterMinutes: silentAfter,
        expected: isExpected(source, now),
        failed,
        questions: { asked: questions, unanswered: questions - answered },
      };
    }),
    destinations: [
      ...destinations.map((destination) => {
        const pause = pauses.find((one) => one.destination === destination.id);
        return {
          ...standing(destination.id),
          paused: pauseOf(destination, pause),
          breaker: breakerOf(states.get(destination.id)),
          ...(states.has(destination.id) ? {} : { isUnasked: true as const }),
        };
      }),
      // What was given up for a destination that is no longer there.
      ...[...(extent === "whole" ? dead : totals.ever.destinations).keys()]
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

/** Whether something is to come from a source now, and was to come when its silence has begun at the latest. */
function isExpected(source: Source, now: number): boolean {
  const { hours, silentAfter } = source;
  if (hours === undefined) return true;
  const began = silentAfter === undefined ? now - (now % HOUR_MS) - HOUR_MS : now - silentAfter * MINUTE_MS;
  const zone = mapZoneOf(source);
  const tz = hours.tz !== undefined && isTimezone(hours.tz) ? hours.tz : zone;
  const window = compileWindow({ hours: { ...hours, tz } }, zone);
  return [now, began].every((at) => isOpen(window, at, clockAt(at)));
}

async function readGates(
  env: Env,
  destinations: readonly Destination[],
): Promise<ReadonlyMap<string, GateStatus | undefined>> {
  return new Map(await Promise.all(destinations.map(async ({ id }) => [id, await readGate(env, id)] as const)));
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
  return { ...dead, oldest: receivedAt(dead.oldest) };
}

function receivedAt(receipt: string | undefined): number | undefined {
  return receipt === undefined ? undefined : acceptedAtIfAny(receipt);
}
