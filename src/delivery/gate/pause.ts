import { putPause } from "../../log/pauses.ts";
import { logLine } from "../../platform/log-line.ts";
import { callGate } from "./ask-gate.ts";
import type { GateStatus } from "./gate.ts";
import { forgetPauses } from "./known-pauses.ts";

/** A person who waits for an answer waits no longer for the gate. */
export const GATE_LIMIT_MS = 1000;

/**
 * Stops all deliveries to a destination; they wait until it is resumed. Stands in the log, so that it holds although
 * the gate may not answer. Rejects when the log cannot be written.
 * @param reason one word, e.g. `operator`, `status_410`
 */
export async function pauseDestination(env: Env, destination: string, reason: string): Promise<void> {
  await putPause(env.LOG, { destination, since: Date.now(), reason });
  forgetPauses();
  logLine("error", "destination.paused", { destination, reason });
  await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.pause(reason));
}

/** How the gate of a destination stands; undefined when it does not answer. Never rejects. */
export async function readGate(env: Pick<Env, "GATE">, destination: string): Promise<GateStatus | undefined> {
  const answer = await callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.status());
  return answer.ok ? answer.value : undefined;
}
