import { loadRelay, type Relay } from "../config/load-relay.ts";
import { Refusal, type Site } from "./operation.ts";

/** The configuration in force, or that none can be read. */
export async function relayInForce({
  env,
  defer,
  now,
}: Pick<Site, "env" | "defer" | "now">): Promise<Relay | Refusal> {
  const loaded = await loadRelay(env, defer, now);
  return loaded.state === "ready"
    ? loaded.value
    : new Refusal("not_ready", "No configuration can be read at the moment.");
}

/** That a destination does not exist, as far as the configuration knows; undefined when it does, or none is named. */
export function refuseUnknown(destination: string | undefined, { destinations }: Relay): Refusal | undefined {
  return destination === undefined || destinations.some(({ id }) => id === destination)
    ? undefined
    : new Refusal("invalid_request", `body.destination: no destination is called ${destination}`);
}
