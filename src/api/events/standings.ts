import { loadRelay } from "../../config/load-relay.ts";
import { readGate } from "../../delivery/gate/pause.ts";
import { readPauses } from "../../log/pauses.ts";
import type { Work } from "../../platform/work.ts";
import type { Standing } from "./waits.ts";

/** How destinations stand, each once. Rejects when the log cannot be read. */
export async function readStandings(
  destinations: readonly string[],
  work: Work,
): Promise<ReadonlyMap<string, Standing>> {
  if (destinations.length === 0) return new Map();
  const [loaded, pauses] = await Promise.all([loadRelay(work), readPauses(work.env.LOG)]);
  const configured = loaded.state === "ready" ? loaded.value.destinations : [];
  const standings = [...new Set(destinations)].map(
    async (id): Promise<[string, Standing]> => [
      id,
      {
        destination: configured.find((one) => one.id === id),
        pause: pauses.find(({ destination }) => destination === id),
        gate: await readGate(work.env, id),
      },
    ],
  );
  return new Map(await Promise.all(standings));
}
