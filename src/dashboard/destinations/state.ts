import type * as z from "zod";
import type { destinationView } from "../../api/destinations/describe.ts";

export type Destination = z.output<typeof destinationView>;

/** How a destination stands, in one word. */
export function stateOf({ paused, breaker }: Destination): string {
  if (paused !== null) return "paused";
  if (breaker === null) return "not known";
  return breaker.state === "closed" ? "ok" : breaker.state;
}

/** Why a destination is paused, in words. */
export function pauseWords({ reason, who }: NonNullable<Destination["paused"]>): string {
  if (reason === "configuration") return "in the configuration";
  if (reason.startsWith("faulty")) return `its configuration is faulty (${reason})`;
  return who === undefined ? reason : `by ${who}`;
}
