import { loadRelay, type Relay } from "../config/load.ts";
import { knownPauses } from "../delivery/known-pauses.ts";
import { callProbes, sendWakeUps } from "../delivery/wake-up.ts";
import { takeOverdue } from "../log/deliveries.ts";
import { describeError } from "../log/describe-error.ts";
import { destinationsHolding } from "../log/held.ts";
import { logLine } from "../log/line.ts";
import { removeOlder } from "../log/retention.ts";
import { keepPermissions } from "../login/keep-permissions.ts";
import { LONGEST_WINDOW_MS } from "../vendors/windows.ts";
import { drainSpool } from "./drain-spool.ts";

/** A wake-up that is this late was lost; milliseconds. */
const LATE = 60_000;
const WAKE_AGAIN = 5 * 60_000;
const MOST_WAKE_UPS = 500;
/** A repeated webhook may wait in a queue for so long before its event is looked for. */
const WAITED_MS = 2 * 24 * 60 * 60 * 1000;
/** Whatever is the same event as another finds that one still kept. */
export const KEPT_MS = LONGEST_WINDOW_MS + WAITED_MS;

/** Each minute: sends what waits for the queue, wakes what overslept, keeps the documents, removes what is old. */
export async function tend(
  env: Env,
  behind: (work: Promise<unknown>) => void,
  now: number = Date.now(),
): Promise<void> {
  const loaded = await loadRelay(env, behind, now);
  const relay = loaded.state === "ready" ? loaded.value : undefined;
  await tendTo("spool", () => drainSpool(env.LOG, env.EVENTS, now));
  await tendTo("overdue", () => wakeOverdue(env, relay, now));
  await tendTo("held", () => callHeld(env, relay, now));
  await tendTo("permissions", () => tendPermissions(env, relay, behind, now));
  await tendTo("retention", () => removeOlder(env.LOG, now - KEPT_MS));
}

/** One duty; that it fails does not keep the others from being done. */
async function tendTo(duty: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    logLine("error", "janitor.failed", { duty, error: describeError(error) });
  }
}

async function wakeOverdue(env: Env, relay: Relay | undefined, now: number): Promise<void> {
  const except = await pausedNow(env, relay, now);
  const overdue = { before: now - LATE, again: now + WAKE_AGAIN, limit: MOST_WAKE_UPS, except };
  const taken = await takeOverdue(env.LOG, overdue);
  await sendWakeUps(
    env.RETRIES,
    taken.map((delivery) => ({ ...delivery, next: now })),
    now,
  );
}

/** One held delivery of each destination asks the gate; if it may pass, it draws the others after it. */
async function callHeld(env: Env, relay: Relay | undefined, now: number): Promise<void> {
  const paused = new Set(await pausedNow(env, relay, now));
  const holding = await destinationsHolding(env.LOG);
  await callProbes(
    env.RETRIES,
    holding.filter((destination) => !paused.has(destination)),
  );
}

async function pausedNow(env: Env, relay: Relay | undefined, now: number): Promise<string[]> {
  const stopped = relay?.destinations.filter(({ paused, faulty }) => paused || faulty !== undefined) ?? [];
  const configured = stopped.map(({ id }) => id);
  return [...configured, ...((await knownPauses(env.LOG, now)) ?? [])];
}

/** The maps of all sources that ask login questions. */
async function tendPermissions(
  env: Env,
  relay: Relay | undefined,
  behind: (work: Promise<unknown>) => void,
  now: number,
): Promise<void> {
  const asking = [...(relay?.sources.values() ?? [])].filter(({ vendor }) => vendor.questionKind !== undefined);
  await keepPermissions(env, asking, behind, now);
}
