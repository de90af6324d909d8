import type { Destination } from "../config/load.ts";
import { withTimeLimit } from "../config/time-limit.ts";
import type { Admission, Asked, Report } from "./admission.ts";

/** A gate that is silent for so long is passed by; milliseconds. */
const GATE_LIMIT = 300;
/** Neither gate nor log can tell whether the destination is paused: asked again after this; milliseconds. */
const UNKNOWN_RETRY = 30_000;

/** The answer of a gate, or what stands for it when there is none. */
export interface Answer extends Admission {
  readonly state: "answered" | "paused" | "unanswered";
}

const nobody = { admitted: 0, lanes: 0, probe: false, carefree: true } as const;

/**
 * Asks the gate of a destination, once per batch. A gate that does not answer stops nobody; a pause does, which the
 * configuration or the log knows without the gate. Never rejects.
 * @param pauses the destinations paused in the log, undefined when it cannot be read
 */
export async function askGate(
  gates: Env["GATE"],
  destination: Destination,
  asked: Omit<Asked, "perSecond" | "concurrency">,
  pauses: ReadonlySet<string> | undefined,
): Promise<Answer> {
  const now = Date.now();
  if (destination.paused || pauses?.has(destination.id)) {
    return { ...nobody, state: "paused", refused: { reason: "paused", retryAt: now } };
  }
  const { perSecond, concurrency } = destination.limit ?? {};
  const asking = async () => gates.getByName(destination.id).admit({ ...asked, perSecond, concurrency });
  const answer = await withTimeLimit(asking(), GATE_LIMIT);
  if (answer.ok) return { ...answer.value, state: "answered" };
  return pauses === undefined
    ? { ...nobody, state: "unanswered", refused: { reason: "gate", retryAt: now + UNKNOWN_RETRY } }
    : { admitted: asked.wanted, lanes: asked.lanes, probe: false, carefree: true, state: "unanswered" };
}

/** Tells the gate what came of a batch; true when that closed the breaker. Never rejects. */
export async function tellGate(gates: Env["GATE"], destination: string, report: Report): Promise<boolean> {
  const telling = async () => gates.getByName(destination).report(report);
  const told = await withTimeLimit(telling(), GATE_LIMIT);
  return told.ok && told.value.closed;
}
