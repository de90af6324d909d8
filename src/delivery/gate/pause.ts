import type { Destination } from "../../config/load-relay.ts";
import type { Deed } from "../../log/audit/entry.ts";
import { type Pause, putPause } from "../../log/pauses.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import { callGate } from "./ask-gate.ts";
import type { GateStatus } from "./gate.ts";
import { forgetPauses } from "./known-pauses.ts";

/** A person who waits for an answer waits no longer for the gate. */
export const GATE_LIMIT_MS = 1000;
/** Nor for the log, where one asks for a pause: that is urgent. */
const PAUSE_LIMIT_MS = 4000;

/**
 * Stops all deliveries to a destination; they wait until it is resumed. Stands in the log, so that it holds although
 * the gate may not answer. Rejects when the log cannot be written.
 * @param reason one word, e.g. `operator`, `status_410`
 */
export async function pauseDestination(env: Env, destination: string, reason: string): Promise<void> {
  await putPause(env.LOG, { destination, since: Date.now(), reason, who: null });
  forgetPauses();
  logLine("error", "destination.paused", { destination, reason });
  await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.pause(reason));
}

/**
 * The same for somebody who asked for it. Nothing keeps a pause from being made: where the audit cannot tell of it, the
 * Worker's log does; where the log takes no pause either, the gate alone holds it. Never rejects.
 * @returns where the pause stands; undefined when nobody took it
 */
export async function pauseFor(env: Env, destination: string, deed: Deed): Promise<"log" | "gate" | undefined> {
  const pause = { destination, since: Date.now(), reason: "operator", who: deed.who };
  const put = async () => {
    try {
      await putPause(env.LOG, pause, deed);
    } catch (error) {
      logLine("error", "audit.not_written", { ...deed, error: describeError(error) });
      await putPause(env.LOG, pause);
    }
  };
  const inLog = await withTimeLimit(put(), PAUSE_LIMIT_MS);
  forgetPauses();
  logLine("error", "destination.paused", { destination, reason: pause.reason, who: deed.who });
  const gate = await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.pause(pause.reason));
  if (inLog.ok) return "log";
  return gate.ok ? "gate" : undefined;
}

/** How the gate of a destination stands; undefined when it does not answer. Never rejects. */
export async function readGate(env: Pick<Env, "GATE">, destination: string): Promise<GateStatus | undefined> {
  const answer = await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.status());
  return answer.ok ? answer.value : undefined;
}

/** Why nothing is sent to a destination, since when (milliseconds since the epoch), and who paused it; undefined when it is not paused. */
export function pauseOf(
  { paused, faulty }: Pick<Destination, "paused" | "faulty">,
  pause: (Pick<Pause, "since" | "reason"> & Partial<Pick<Pause, "who">>) | undefined,
): { readonly reason: string; readonly since: number | undefined; readonly who: string | undefined } | undefined {
  if (faulty !== undefined) return { reason: faulty, since: undefined, who: undefined };
  if (paused) return { reason: "configuration", since: undefined, who: undefined };
  return pause && { reason: pause.reason, since: pause.since, who: pause.who ?? undefined };
}
