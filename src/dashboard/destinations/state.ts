import type * as z from "zod";
import type { destinationView } from "../../api/destinations/describe.ts";

export type Destination = z.output<typeof destinationView>;

/** How a destination stands, in one word. */
export function stateOf({ paused, breaker }: Destination): string {
  if (paused !== null) return "paused";
  if (breaker === null) return "not known";
  return breaker.state === "closed" ? "ok" : breaker.state;
}

/** The same for people: what is open is its breaker. */
export function stateWords(destination: Destination): string {
  const state = stateOf(destination);
  return state === "open" || state === "half_open" ? `breaker ${state}` : state;
}

/** What its button does: whatever was done, the other takes it back. */
export function actFor({ paused, breaker }: Destination): "pause" | "resume" {
  return paused !== null || breaker?.state === "open" ? "resume" : "pause";
}

/** Why a destination is paused, in words. */
export function pauseWords({ reason, who }: NonNullable<Destination["paused"]>): string {
  if (reason === "configuration") return "in the configuration";
  if (reason.startsWith("faulty")) return `its configuration is faulty (${reason})`;
  return who === undefined ? reason : `by ${who}`;
}
