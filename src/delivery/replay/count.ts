import type { Relay } from "../../config/load-relay.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { FIRST_RECEIPT, receiptAt } from "../../events/receipt.ts";
import { deleteParts, type FoundForReplay, insertParts } from "../../log/replays/parts.ts";
import type { PlannedCorrection, ReplayRecord } from "../../log/replays/replay.ts";
import { type Stepped, stepReplay, tellCorrections } from "../../log/replays/step.ts";
import { type FoundEvent, searchEvents } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import type { Work } from "../../platform/work.ts";
import { chooseDeliveries } from "./choose-deliveries.ts";
import { planCorrections, READ_AT_ONCE } from "./correct.ts";
import { meantBy } from "./meant-by.ts";
import { intoParts } from "./pace.ts";
import type { Again } from "./replay.ts";

/** What a replay finds at most: more would fill the database before it is sent. */
export const MAX_FOUND = 100_000;
/** Events and deliveries that one page finds. */
const MAX_PAGE_EVENTS = 1000;
const MAX_PAGE_DELIVERIES = 5000;
/** Events that one page reads again. */
const MAX_READ_AGAIN = 100;

/** What a page found: events newest first. `next`: it goes on before this receipt. */
interface CountedPage {
  readonly found: readonly FoundForReplay[];
  readonly corrections: readonly PlannedCorrection[];
  readonly next: string | undefined;
}

/**
 * Counts one page of a replay and freezes what it finds; after the last one it waits to be started, or goes on by itself.
 * Rejects when the log cannot be used, or another has counted the page.
 */
export async function countPage(replay: ReplayRecord, relay: Relay, { env, now }: Work): Promise<void> {
  const { id, asked, cursor } = replay;
  const { filter, since, until, renormalize } = asked;
  const from = since === undefined ? FIRST_RECEIPT : receiptAt(since);
  const search = { ...filter, from, before: cursor ?? receiptAt(until) };
  const limit = renormalize ? MAX_READ_AGAIN : MAX_PAGE_EVENTS;
  const page = await searchEvents(env.LOG, search, limit, { keys: await idKeysIn(lookupIn(env)) });
  const counted = renormalize
    ? { next: page.next, ...(await readPage(page.events, replay, relay, { env, now })) }
    : takeWhole(page, (event) => chooseDeliveries(event, meantBy(asked), asked.destination, relay));
  const parts = intoParts(counted.found, asked);
  const isNothing = replay.parts + parts.length === 0;
  const stepped = { ...addUp(replay, counted), ...nextState(replay, counted.next, isNothing, now) };
  const isTooMany = Math.max(stepped.events, stepped.deliveries) > MAX_FOUND;
  await env.LOG.batch(
    isTooMany
      ? [deleteParts(env.LOG, id), stepReplay(env.LOG, replay, { ...stepped, ...tooMany(now) })]
      : [
          ...insertParts(env.LOG, id, replay.parts, parts),
          stepReplay(env.LOG, replay, { ...stepped, parts: replay.parts + parts.length }),
        ],
  );
}

/** After the last page; a replay that has found nothing is done. */
function nextState({ asked, who }: ReplayRecord, next: string | undefined, isNothing: boolean, now: number): Stepped {
  if (next !== undefined) return { cursor: next, due: now };
  if (asked.dryRun) return { state: "counted", cursor: null, due: null };
  const begins = { cursor: null, started: now, starter: who };
  return isNothing ? { ...begins, state: "done", due: null, ended: now } : { ...begins, state: "running", due: now };
}

function tooMany(now: number): Stepped {
  return { state: "cancelled", parts: 0, cursor: null, due: null, started: null, ended: now, because: "too_many" };
}

function addUp(replay: ReplayRecord, { found, corrections }: CountedPage) {
  const destinations = { ...replay.destinations };
  for (const destination of found.flatMap(({ to }) => to)) {
    destinations[destination] = (destinations[destination] ?? 0) + 1;
  }
  return {
    events: replay.events + found.length,
    deliveries: replay.deliveries + found.reduce((sum, { to }) => sum + to.length, 0),
    destinations,
    told: tellCorrections(replay.told, corrections),
  };
}

/** Takes as many events as fit with all their deliveries; the rest is for the next page. */
function takeWhole(
  { events, next }: { readonly events: readonly FoundEvent[]; readonly next: string | undefined },
  choose: (event: FoundEvent) => readonly Again[],
): CountedPage {
  const found: FoundForReplay[] = [];
  let deliveries = 0;
  let last: string | undefined;
  for (const event of events) {
    const to = choose(event).map(({ destination }) => destination);
    if (deliveries > 0 && deliveries + to.length > MAX_PAGE_DELIVERIES) return { found, corrections: [], next: last };
    if (to.length > 0) found.push({ receipt: event.receipt, to });
    deliveries += to.length;
    last = event.receipt;
  }
  return { found, corrections: [], next };
}

/** Reads the events of a page again, and keeps of each only that it differs and where its correction goes. */
async function readPage(
  events: readonly FoundEvent[],
  { asked: { destination } }: ReplayRecord,
  relay: Relay,
  { env, now }: Pick<Work, "env" | "now">,
): Promise<Pick<CountedPage, "found" | "corrections">> {
  const found: FoundForReplay[] = [];
  const corrections: PlannedCorrection[] = [];
  for (let start = 0; start < events.length; start += READ_AT_ONCE) {
    const planned = await planCorrections(events.slice(start, start + READ_AT_ONCE), relay, env, destination, now);
    for (const { receipt, correction, to, made } of planned) {
      if (made) continue;
      const { id, corrects } = correction;
      found.push({ receipt, to: [...to], id });
      corrections.push({ receipt, id, corrects });
    }
  }
  return { found, corrections };
}
