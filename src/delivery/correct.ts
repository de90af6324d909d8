import type { Relay } from "../config/load.ts";
import { lookupIn } from "../config/reference.ts";
import { IDENTITY_WINDOW } from "../events/draft.ts";
import { eventIds } from "../events/identity.ts";
import { newReceipt } from "../intake/receipt.ts";
import { type Correction, knownCorrections, recordCorrections } from "../log/corrections.ts";
import { deflate } from "../log/deflate.ts";
import { wants } from "./match.ts";
import type { SecondReading } from "./read-again.ts";
import { freeze } from "./read-message.ts";
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
    planned.map(({ id }) => id),
  );
  const corrections = planned.filter(({ id }) => !known.has(id));
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

async function toCorrection({ before, read }: SecondReading, env: Env, now: number): Promise<Correction> {
  const { message, draft } = read;
  const publicUrl = lookupIn(env)("PUBLIC_URL") ?? "";
  const says = freeze(read, before.id, publicUrl);
  const identity = ["correction", before.id, JSON.stringify(says.data), says.type, says.time];
  const { id } = await eventIds(message.source, { ...draft, identity, window: IDENTITY_WINDOW }, message.receivedAt);
  const receipt = newReceipt(now);
  const event = { ...freeze({ ...read, message: { ...message, receipt } }, id, publicUrl), corrects: before.id };
  const { source, key } = message;
  return { receipt, id, source, key, corrects: before.id, event, body: await deflate(JSON.stringify(event)) };
}
