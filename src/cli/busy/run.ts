import { setTimeout as wait } from "node:timers/promises";
import { describeError } from "../../platform/describe-error.ts";
import type { LocalRelay } from "../local/open.ts";
import { paint } from "../terminal.ts";
import { type BusyTarget, firstWebhook, playRound } from "./scenes.ts";

/** Between two webhooks; milliseconds. */
const PACE_MS = 1000;

type Relay = Pick<LocalRelay, "url" | "adminToken" | "values">;

/** `paceMs`: between two webhooks, a second unless given; `rounds`: after so many it ends; `signal` ends it, too. */
interface BusyOptions {
  readonly paceMs?: number;
  readonly rounds?: number;
  readonly signal?: AbortSignal;
}

/**
 * Keeps a relay busy until this process ends, or until it is told to stop: pauses a destination, then sends as vendors
 * would. Never rejects.
 */
export async function keepBusy(
  { url, adminToken, values }: Relay,
  { paceMs = PACE_MS, rounds = Number.POSITIVE_INFINITY, signal }: BusyOptions = {},
): Promise<void> {
  const target: BusyTarget = { base: url, key: values.DEMO_KEY ?? "" };
  await send(
    new Request(`${url}/api/destinations/warehouse/pause`, {
      method: "POST",
      headers: { authorization: `Bearer ${adminToken}` },
    }),
  );
  await send(firstWebhook(target));
  const isOver = () => signal?.aborted === true;
  for (let round = 0; round < rounds && !isOver(); round += 1) {
    for (const request of playRound(target)) {
      if (isOver()) return;
      await send(request);
      await wait(paceMs, undefined, signal && { signal }).catch(() => undefined);
    }
  }
}

/** A request that cannot be sent is said, and no reason to end. */
async function send(request: Request): Promise<void> {
  try {
    const response = await fetch(request);
    await response.arrayBuffer();
  } catch (error) {
    console.error(paint("yellow", `  ! not sent: ${describeError(error)}`));
  }
}
