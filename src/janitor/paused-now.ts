import type { Relay } from "../config/load.ts";
import { knownPauses } from "../delivery/known-pauses.ts";

/** The destinations that get nothing now, by the configuration or by the log. */
export async function pausedNow({ LOG }: Pick<Env, "LOG">, relay: Relay | undefined, now: number): Promise<string[]> {
  const configured = relay?.destinations.filter(({ paused }) => paused).map(({ id }) => id) ?? [];
  return [...configured, ...((await knownPauses(LOG, now)) ?? [])];
}
