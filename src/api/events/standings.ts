import { loadRelay } from "../../config/load-relay.ts";
import type { Work } from "../../platform/work.ts";
import type { Passage } from "../../status/waits.ts";
import { readPassages } from "../destinations/passages.ts";

/** How destinations stand by the configuration in force, each once. Rejects when the log cannot be read. */
export async function readStandings(
  destinations: readonly string[],
  work: Work,
): Promise<ReadonlyMap<string, Passage>> {
  if (destinations.length === 0) return new Map();
  const loaded = await loadRelay(work);
  return readPassages(work.env, destinations, loaded.state === "ready" ? loaded.value.destinations : []);
}
