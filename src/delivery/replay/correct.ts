import type { Relay } from "../../config/load-relay.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import type { EventId } from "../../events/event-id.ts";
import { eventIds } from "../../events/identity.ts";
import { newReceipt } from "../../events/receipt.ts";
import { type Correction, knownCorrections, recordCorrections } from "../../log/events/corrections.ts";
import { deflate } from "../../platform/deflate.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { DATED_WINDOW_MS } from "../../vendors/windows.ts";
import { wants } from "../fan-out/match.ts";
import { mentionsOf } from "../fan-out/mentions.ts";
import { freeze } from "../fan-out/read-message.ts";
import type { SecondReading } from "./renormalize.ts";
import { type Again, spread, wakeReplays } from "./replay.ts";

/** What correcting does, or would do. */
export interface Corrected {
  readonly corrections: readonly Correction[];
  readonly deliveries: readonly Again[];
}

/**
 * The events that correct those whose second reading differs. Each has an id that follows from what it corrects and
 * what it says, so that the same correction is not made twice. It goes to `destination`, else to all that want it.
 */
export async function planCorrections(
  readings: readonly SecondReading[],
  relay: Relay,
  env: Env,
  destination: string | undefined,
  now: number,
): Promise<Corrected> {
  const planned = await Promise.all(
    readings.filter(({ differences }) => differences.length > 0).map((reading) => toCorrection(reading, env, now)),
  );
  const known = await knownCorrections(
    env.LOG,
    planned.flatMap(({ ids }) => ids),
  );
  const corrections = planned.filter(({ ids }) => !ids.some((id) => known.has(id))).map(({ correction }) => correction);
  const deliveries = corrections.flatMap(({ receipt, source, event }) => {
    const wanting = relay.destinations.filter((one) => wants(one, event)).map(({ id }) => id);
    const destinations = destination === undefined ? wanting : [destination];
    return destinations.map((id): Again => ({ receipt, destination: id, source, type: event.type }));
  });
  return { corrections, deliveries };
}

/** Writes corrections down and delivers them, as replays of events that were delivered wrong. */
export async function correct(env: Env, { corrections, deliveries }: Corrected, perSecond: number, now: number) {
  if (corrections.length === 0) return;
  const recorded = await recordCorrections(env.LOG, corrections, spread(deliveries, perSecond, now), now);
  await wakeReplays(env.RETRIES, recorded, now);
}

/** A correction, and the ids under which it may have been made before: that of another key, too. */
interface Planned {
  readonly ids: readonly EventId[];
  readonly correction: Correction;
}

async function toCorrection({ before, read }: SecondReading, env: Env, now: number): Promise<Planned> {
  const { message, draft } = read;
  const { source, key, receivedAt } = message;
  const publicUrl = publicUrlOf(lookupIn(env), message);
  const says = freeze(read, before.id, publicUrl);
  const words = ["correction", before.id, JSON.stringify(says.data), says.type, says.time];
  const identity = { source, subject: draft.subject, words, windowMs: DATED_WINDOW_MS, receivedAt };
  const { id, neighbours } = await eventIds(identity, await idKeysIn(lookupIn(env)));
  const receipt = newReceipt(now);
  const event = { ...freeze({ ...read, message: { ...message, receipt } }, id, publicUrl), corrects: before.id };
  const [mentions, body] = await Promise.all([mentionsOf(event), deflate(JSON.stringify(event))]);
  return {
    ids: [id, ...neighbours],
    correction: { receipt, id, source, key, corrects: before.id, event, mentions, body },
  };
}
