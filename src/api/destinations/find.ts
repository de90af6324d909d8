import * as z from "zod";
import type { Destination, Relay } from "../../config/load-relay.ts";
import type { Work } from "../../platform/work.ts";
import { Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";

/** The path of one destination. */
export const destinationPath = z.object({ id: z.string() });

/** That a receiver asks for a destination which is not its own, whether there is one or not; undefined for its own. */
export function refuseForeign(id: string, own: string): Refusal<"forbidden"> | undefined {
  return id === own ? undefined : new Refusal("forbidden", `This token is bound to the destination ${own}.`);
}

/** A destination of the configuration in force, or why there is none. */
export async function findDestination(
  id: string,
  request: Work,
): Promise<{ relay: Relay; destination: Destination } | Refusal<"not_found" | "not_ready">> {
  const relay = await relayInForce(request);
  if (relay instanceof Refusal) return relay;
  const destination = relay.destinations.find((one) => one.id === id);
  return destination === undefined
    ? new Refusal("not_found", "No destination has this id in the configuration in force.")
    : { relay, destination };
}
