import { setTimeout as wait } from "node:timers/promises";
import type { DeliveryRelay } from "./delivery-relay.ts";

/**
 * Sends the webhooks of new agents, so many a second, and waits until each of them is taken.
 * @returns when each was sent, by subject; milliseconds as `performance.now()` gives them
 */
export async function sendPaced(
  { send }: DeliveryRelay,
  { name, count, perSecond }: { readonly name: string; readonly count: number; readonly perSecond: number },
): Promise<Map<string, number>> {
  const sent = new Map<string, number>();
  const sending: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 0; number < count; number++) {
    await wait(Math.max(0, began + (number * 1000) / perSecond - performance.now()));
    const agent = `${name}-${number}`;
    sent.set(`agent/${agent}`, performance.now());
    sending.push(send(agent));
  }
  await Promise.all(sending);
  return sent;
}

const LOOK_MS = 20;

/** Waits until all that was sent has arrived under a path; how long each was on its way, milliseconds. */
export async function untilArrived(
  { receivers }: DeliveryRelay,
  path: string,
  sent: ReadonlyMap<string, number>,
): Promise<number[]> {
  const arrivals = receivers.arrivals(path);
  while ([...sent.keys()].some((subject) => !arrivals.has(subject))) await wait(LOOK_MS);
  return [...sent].map(([subject, at]) => (arrivals.get(subject) ?? Number.NaN) - at);
}
