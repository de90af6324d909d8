import { loadRelay, type Relay } from "../config/load-relay.ts";
import type { Work } from "../platform/work.ts";
import { Refusal } from "./operation.ts";

/** The configuration in force, or that none can be read. */
export async function relayInForce(work: Work): Promise<Relay | Refusal<"not_ready">> {
  const loaded = await loadRelay(work);
  return loaded.state === "ready"
    ? loaded.value
    : new Refusal("not_ready", "No configuration can be read at the moment.");
}

/** That a destination does not exist, as far as the configuration knows; undefined when it does, or none is named. */
export function refuseUnknown(
  destination: string | undefined,
  { destinations }: Relay,
): Refusal<"invalid_request"> | undefined {
  return destination === undefined || destinations.some(({ id }) => id === destination)
    ? undefined
    : new Refusal("invalid_request", `body.destination: no destination is called ${destination}`);
}
