import type { Relay } from "../../config/load-relay.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import { markKeysIn } from "../../config/secrets/mark-keys.ts";
import type { EventId } from "../../events/event-id.ts";
import { eventIds } from "../../events/identity.ts";
import { stampOf } from "../../events/marks/mark.ts";
import { traitsOf } from "../../events/marks/traits-of.ts";
import { newReceipt, type Receipt } from "../../events/receipt.ts";
import { type Correction, knownCorrections } from "../../log/events/corrections.ts";
import { packEvent } from "../../log/events/pack.ts";
import { readEvents } from "../../log/events/read-events.ts";
import type { FoundEvent } from "../../log/search/search.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { DATED_WINDOW_MS } from "../../vendors/windows.ts";
import { wants } from "../fan-out/match.ts";
import { mentionsOf } from "../fan-out/mentions.ts";
import { freeze } from "../fan-out/read-message.ts";
import { readAgain, type SecondReading } from "./renormalize.ts";

/** Events in memory at one time: a body may have 1 MiB. */
export const READ_AT_ONCE = 10;

/** An event whose second reading differs, and the correction that it calls for. */
export interface Planned {
  /** Of the event that was read again. */
  readonly receipt: Receipt;
  /** The ids under which the correction may have been made before: that of another key, too. */
  readonly ids: readonly EventId[];
  readonly correction: Correction;
  /** The destinations that want it. */
  readonly to: readonly string[];
  /** It was made before. */
  readonly made: boolean;
}

/**
 * Reads events again and plans the corrections of those that differ. Each has an id that follows from what it corrects
 * and what it says, so that the same correction is not made twice. It goes to `destination`, else to all that want it.
 */
export async function planCorrections(
  events: readonly FoundEvent[],
  relay: Relay,
  env: Env,
  destination: string | undefined,
  now: number,
): Promise<Planned[]> {
  const differing = (await readAll(events, relay, env)).filter(({ differences }) => differences.length > 0);
  const planned = await Promise.all(differing.map((reading) => toCorrection(reading, env, now)));
  const known = await knownCorrections(
    env.LOG,
    planned.flatMap(({ ids }) => ids),
  );
  return planned.map((one) => {
    const wanting = relay.destinations.filter((each) => wants(each, one.correction.event)).map(({ id }) => id);
    const made = one.ids.some((id) => known.has(id));
    return { ...one, to: destination === undefined ? wanting : [destination], made };
  });
}

/** Reads the webhooks of events again, as far as they can be read. */
export async function readAll(events: readonly FoundEvent[], relay: Relay, env: Env): Promise<SecondReading[]> {
  const frozen = await readEvents(
    env.LOG,
    events.map(({ receipt }) => receipt),
  );
  const readings = await Promise.all(
    events.map(({ receipt, source, key }) => {
      const event = frozen.get(receipt);
      return event === undefined ? undefined : readAgain(event, { receipt, source, key }, relay, env);
    }),
  );
  return readings.filter((reading) => reading !== undefined);
}

async function toCorrection({ before, read }: SecondReading, env: Env, now: number) {
  const { message, draft } = read;
  const { source, key, receivedAt } = message;
  const publicUrl = publicUrlOf(lookupIn(env), message);
  const says = freeze(read, before.id, publicUrl);
  const words = ["correction", before.id, JSON.stringify(says.data), says.type, says.time];
  const identity = { source, subject: draft.subject, words, windowMs: DATED_WINDOW_MS, receivedAt };
  const { id, neighbours } = await eventIds(identity, await idKeysIn(lookupIn(env)));
  const receipt = newReceipt(now);
  const event = { ...freeze({ ...read, message: { ...message, receipt } }, id, publicUrl), corrects: before.id };
  const { current } = await markKeysIn(lookupIn(env));
  const [mentions, marks, packed] = await Promise.all([
    mentionsOf(event),
    stampOf(traitsOf(event), current),
    packEvent(event),
  ]);
  return {
    receipt: message.receipt,
    ids: [id, ...neighbours],
    correction: { receipt, id, source, key, corrects: before.id, event, mentions, marks, packed },
  };
}
