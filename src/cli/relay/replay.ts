import * as z from "zod";
import { UsageError } from "../arguments.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "./client.ts";
import { replayMany } from "./replay-many.ts";

const replayed = z.object({
  event: z.string(),
  deliveries: z.array(z.object({ destination: z.string(), run: z.number() })),
});

/** Which events, where to, and how fast. */
export interface ReplayOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly state?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly destination?: string | undefined;
  readonly to?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly perSecond: number;
}

/** Delivers one event again, or all that a filter finds. */
export async function replayEvents(id: string | undefined, options: ReplayOptions): Promise<void> {
  const { url, token, destination, to, dryRun = false, perSecond, ...filter } = options;
  const filtered = Object.keys(filter).length > 0;
  if (id === undefined && !filtered) throw new UsageError("which events? an event id, or a filter");
  if (id !== undefined && (filtered || dryRun))
    throw new UsageError("either an event id, or a filter with its options");
  const relay = openRelayClient({ url, token });
  if (id !== undefined) return replayOne(relay, id, to ?? destination);
  return replayMany(relay, { filter: { ...filter, destination }, destination: to, dryRun, perSecond });
}

async function replayOne(relay: RelayClient, id: string, destination: string | undefined): Promise<void> {
  const body = JSON.stringify({ destination });
  const answer = await relay.call("POST", `events/${encodeURIComponent(id)}/replay`, { body });
  const { event, deliveries } = readAnswer(replayed, answer);
  const where = deliveries.map(({ destination, run }) => `${destination} (replay ${run})`).join(", ");
  console.log(where === "" ? `${event} goes to no destination: none wants it` : `${event} goes again to ${where}`);
}
