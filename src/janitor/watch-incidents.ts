import { callIncidents } from "../incidents/desk.ts";
import type { Tick } from "./tick.ts";

/** It waits for log, gates and queue, none of them for long. */
const WATCH_LIMIT_MS = 10_000;

/** Has the relay looked at, and told of what opened or closed. Rejects when that takes too long, or fails. */
export async function watchIncidents({ env, now, requests }: Tick): Promise<void> {
  requests.count(1);
  const watched = await callIncidents(env, WATCH_LIMIT_MS, (incidents) => incidents.watch(now));
  if (!watched.ok) throw new Error(`incidents are not watched: ${watched.reason}`);
}
