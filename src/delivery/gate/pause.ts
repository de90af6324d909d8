import { type Pause, putPause, readPauses } from "../../log/pauses.ts";
import { logLine } from "../../platform/log-line.ts";
import { callGate } from "./ask-gate.ts";
import type { GateStatus } from "./gate.ts";
import { forgetPauses } from "./known-pauses.ts";

/** A person who waits for an answer waits no longer for the gate. */
export const GATE_LIMIT_MS = 1000;

/** How a destination stands; `gate` is undefined when it does not answer. */
export interface DestinationStatus {
  readonly paused: Pick<Pause, "since" | "reason"> | undefined;
  readonly gate: GateStatus | undefined;
}

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

/** How a destination stands. Rejects when the log cannot be read. */
export async function gateStatus(env: Env, destination: string): Promise<DestinationStatus> {
  const [pauses, gate] = await Promise.all([
    readPauses(env.LOG),
    callGate(env.GATE, destination, GATE_LIMIT_MS, (gate) => gate.status()),
  ]);
  const found = pauses.find((pause) => pause.destination === destination);
  return {
    paused: found && { since: found.since, reason: found.reason },
    gate: gate.ok ? gate.value : undefined,
  };
}
