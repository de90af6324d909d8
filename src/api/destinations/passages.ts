import type { Destination } from "../../config/load-relay.ts";
import { pauseOf, readGate } from "../../delivery/gate/pause.ts";
import { readPauses } from "../../log/pauses.ts";
import type { Passage } from "../../status/waits.ts";

/** What keeps deliveries from destinations, each once; one that is not configured holds none. Rejects when the log cannot be read. */
export async function readPassages(
  env: Pick<Env, "LOG" | "GATE">,
  ids: readonly string[],
  configured: readonly Destination[],
): Promise<ReadonlyMap<string, Passage>> {
  if (ids.length === 0) return new Map();
  const pauses = await readPauses(env.LOG);
  const passages = [...new Set(ids)].map(async (id): Promise<[string, Passage]> => {
    const destination = configured.find((one) => one.id === id);
    const pause = pauses.find((one) => one.destination === id);
    const gate = await readGate(env, id);
    return [
      id,
      {
        paused: destination && pauseOf(destination, pause),
        breaker: gate && { state: gate.breaker, nextProbe: gate.nextProbe },
      },
    ];
  });
  return new Map(await Promise.all(passages));
}
