import type { Destination } from "../../config/load-relay.ts";
import { type Limited, withTimeLimit } from "../../platform/time-limit.ts";
import type { Admission, AdmissionRequest, Report } from "./admission.ts";
import type { Gate } from "./gate.ts";

/** Deliveries do not wait longer for a gate, but pass it by. */
const GATE_PATIENCE_MS = 300;
/** Neither gate nor log can tell whether the destination is paused: asked again after this. */
const UNKNOWN_RETRY_MS = 30_000;

/** The answer of a gate, or what stands for it when there is none. */
export interface GateAnswer extends Admission {
  readonly state: "answered" | "paused" | "unanswered";
}

const nobody = { admitted: 0, lanes: 0, probe: false, reportOptional: true } as const;

/**
 * Asks the gate of a destination, once per batch. A gate that does not answer stops nobody; a pause does, and a fault in
 * the configuration, which is known without the gate. Never rejects.
 * @param pauses the destinations paused in the log, undefined when it cannot be read
 */
export async function askGate(
  gates: Env["GATE"],
  destination: Destination,
  asked: Omit<AdmissionRequest, "perSecond" | "concurrency">,
  pauses: ReadonlySet<string> | undefined,
): Promise<GateAnswer> {
  const now = Date.now();
  const paused = destination.paused || pauses?.has(destination.id) ? "paused" : undefined;
  const reason = destination.faulty ?? paused;
  if (reason !== undefined) return { ...nobody, state: "paused", refused: { reason, retryAt: now } };
  const { perSecond, concurrency } = destination.limit ?? {};
  const answer = await callGate(gates, destination.id, GATE_PATIENCE_MS, (gate) =>
    gate.admit({ ...asked, perSecond, concurrency }),
  );
  if (answer.ok) return { ...answer.value, state: "answered" };
  return pauses === undefined
    ? { ...nobody, state: "unanswered", refused: { reason: "gate", retryAt: now + UNKNOWN_RETRY_MS } }
    : { admitted: asked.wanted, lanes: asked.lanes, probe: false, reportOptional: true, state: "unanswered" };
}

/** Tells the gate what came of a batch; true when that closed the breaker. Never rejects. */
export async function tellGate(gates: Env["GATE"], destination: string, report: Report): Promise<boolean> {
  const told = await callGate(gates, destination, GATE_PATIENCE_MS, (gate) => gate.report(report));
  return told.ok && told.value.closed;
}

/** Calls the gate of a destination, and waits at most `limitMs`. Never rejects. */
export function callGate<T>(
  gates: Env["GATE"],
  destination: string,
  limitMs: number,
  call: (gate: DurableObjectStub<Gate>) => Promise<T>,
): Promise<Limited<T>> {
  const calling = async () => call(gates.getByName(destination));
  return withTimeLimit(calling(), limitMs);
}
