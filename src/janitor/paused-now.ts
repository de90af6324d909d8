import type { Relay } from "../config/load-relay.ts";
import { knownPauses } from "../delivery/gate/known-pauses.ts";

/** The destinations that get nothing now, by the configuration or by the log. */
export async function pausedNow({ LOG }: Pick<Env, "LOG">, relay: Relay | undefined, now: number): Promise<string[]> {
  const stopped = relay?.destinations.filter(({ paused, faulty }) => paused || faulty !== undefined) ?? [];
  return [...stopped.map(({ id }) => id), ...((await knownPauses(LOG, now)) ?? [])];
}
