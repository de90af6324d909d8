import * as z from "zod";
import type { Relay } from "../../config/load-relay.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../events/receipt.ts";
import { insertReplays, replayRow } from "../../log/deliveries/replays.ts";
import { type Correction, insertCorrections } from "../../log/events/corrections.ts";
import { deletePart, type FoundForReplay, readPart } from "../../log/replays/parts.ts";
import type { AskedReplay, ReplayRecord, Skip, SkipReason } from "../../log/replays/replay.ts";
import { type Stepped, stepReplay, tellSkips } from "../../log/replays/step.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import type { Work } from "../../platform/work.ts";
import { chooseDeliveries } from "./choose-deliveries.ts";
import { type Planned, planCorrections, READ_AT_ONCE } from "./correct.ts";
import { meantBy } from "./meant-by.ts";
import { schedule } from "./pace.ts";
import { type Again, spread, wakeReplays } from "./replay.ts";

/**
 * Begins the oldest part of a replay that is still to begin. It is written in one transaction, which nobody can write
 * twice; what is lost of the wake-ups after it, cron calls for. Rejects when the log cannot be used, or another has begun the
 * part.
 */
export async function beginPart(replay: ReplayRecord, relay: Relay, { env, now }: Work): Promise<void> {
  const { id, asked, told } = replay;
  const part = replay.parts - 1;
  const found = (await readPart(env.LOG, id, part)).toReversed();
  const events = await findEvents(found, env.LOG);
  const sorted = asked.renormalize
    ? await sortReadAnew(found, events, replay, relay, { env, now })
    : sortFound(found, events, asked, relay);
  const { again, skips, corrections } = sorted;
  const { start, paced, due } = schedule(again.length, asked.perSecond, replay.paced, now);
  const deliveries = spread(again, asked.perSecond, start);
  const stepped: Stepped = {
    ...(part > 0 ? { parts: part, due } : { parts: 0, due: null, state: "done", ended: now }),
    told: tellSkips(told, skips),
    paced,
    pairs: again.map(({ receipt, destination }) => ({ receipt, destination })),
    passed: skips.length,
  };
  const begun = asked.renormalize
    ? insertCorrections(env.LOG, corrections, deliveries, now, { replay: id })
    : insertReplays(env.LOG, deliveries, now, { replay: id, only: endOf(asked) });
  const statements = [...begun, deletePart(env.LOG, id, part), stepReplay(env.LOG, replay, stepped)];
  const written = await env.LOG.batch(statements);
  await wakeReplays(env.RETRIES, z.array(replayRow).parse(written[begun.length - 1]?.results), now);
}

/** What a part comes to today: what begins, and what has gone or changed since it was found. */
interface Sorted {
  readonly again: readonly Again[];
  readonly skips: readonly Skip[];
  readonly corrections: readonly Correction[];
}

type FoundEvents = ReadonlyMap<string, FoundEvent>;

/** How the events of a part stand today. */
async function findEvents(found: readonly FoundForReplay[], log: D1Database): Promise<FoundEvents> {
  if (found.length === 0) return new Map();
  const everything = { from: FIRST_RECEIPT, before: LAST_RECEIPT };
  const among = found.map(({ receipt }) => receipt);
  const { events } = await searchEvents(log, everything, found.length, { among });
  return new Map(events.map((event) => [event.receipt, event]));
}

function sortFound(found: readonly FoundForReplay[], events: FoundEvents, asked: AskedReplay, relay: Relay): Sorted {
  const again: Again[] = [];
  const skips: Skip[] = [];
  for (const { receipt, to } of found) {
    const event = events.get(receipt);
    const meant = event === undefined ? [] : chooseToday(event, asked, relay);
    for (const destination of to) {
      const chosen = meant.find((one) => one.destination === destination);
      const isThere = relay.destinations.some(({ id }) => id === destination);
      if (chosen !== undefined && isThere) again.push(chosen);
      else skips.push({ receipt, destination, reason: isThere ? changeOf(event, destination) : "destination_removed" });
    }
  }
  return { again, skips, corrections: [] };
}

/** The deliveries that the replay would find today; what nobody wanted then may have been delivered since. */
function chooseToday(event: FoundEvent, asked: AskedReplay, relay: Relay): readonly Again[] {
  if (asked.filter.state === "unrouted" && event.standings.length > 0) return [];
  return chooseDeliveries(event, meantBy(asked), asked.destination, relay);
}

function changeOf(event: FoundEvent | undefined, destination: string): SkipReason {
  if (event === undefined) return "event_removed";
  const standing = event.standings.find((one) => one.destination === destination);
  return standing === undefined ? "changed" : `now_${standing.state}`;
}

/** Reads the events of a part once more; what reads otherwise than it did when it was found is skipped. */
async function sortReadAnew(
  found: readonly FoundForReplay[],
  events: FoundEvents,
  { asked }: ReplayRecord,
  relay: Relay,
  { env, now }: Pick<Work, "env" | "now">,
): Promise<Sorted> {
  const planned = new Map<string, Planned>();
  const kept = [...events.values()];
  for (let start = 0; start < kept.length; start += READ_AT_ONCE) {
    const some = await planCorrections(kept.slice(start, start + READ_AT_ONCE), relay, env, asked.destination, now);
    for (const one of some) planned.set(one.receipt, one);
  }
  const again: Again[] = [];
  const skips: Skip[] = [];
  const corrections: Correction[] = [];
  for (const { receipt, to, id } of found) {
    const one = planned.get(receipt);
    const reason = events.has(receipt) ? changeOfReading(one, id) : "event_removed";
    if (one !== undefined && reason === undefined) corrections.push(one.correction);
    for (const destination of to) {
      const isThere = relay.destinations.some((each) => each.id === destination);
      if (one === undefined || reason !== undefined || !isThere) {
        skips.push({ receipt, destination, reason: reason ?? "destination_removed" });
        continue;
      }
      const { receipt: corrected, source, event } = one.correction;
      again.push({ receipt: corrected, destination, source, type: event.type });
    }
  }
  return { again, skips, corrections };
}

function changeOfReading(planned: Planned | undefined, id: string | undefined): SkipReason | undefined {
  if (planned?.made) return "changed";
  return planned?.ids.some((one) => one === id) ? undefined : "read_otherwise";
}

/** Of what had ended so only that begins which still has: another replay may begin it at the same moment. */
function endOf({ filter: { state }, destination }: AskedReplay): "dead" | "expired" | undefined {
  return destination === undefined && (state === "dead" || state === "expired") ? state : undefined;
}
