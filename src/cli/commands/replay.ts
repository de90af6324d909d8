import { parseArgs } from "node:util";
import * as z from "zod";
import { readNumber } from "../read-number.ts";
import { UsageError } from "../refusal.ts";
import { openRelayClient, type RelayClient, relayOptions } from "../relay/client.ts";
import { replayMany } from "../relay/replay-many.ts";

const USUAL_RATE = "10";
const HIGHEST_RATE = 1000;

const replayed = z.object({
  event: z.string(),
  deliveries: z.array(z.object({ destination: z.string(), run: z.number() })),
});

const filters = {
  source: { type: "string" },
  type: { type: "string" },
  subject: { type: "string" },
  state: { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
} as const;

/** Delivers one event again, or all that a filter finds. */
export async function replay(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...relayOptions,
      ...filters,
      destination: { type: "string" },
      to: { type: "string" },
      "dry-run": { type: "boolean", default: false },
      "per-second": { type: "string", default: USUAL_RATE },
    },
  });
  const [id, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(" ")}`);
  const { url, token, destination, to, "dry-run": dryRun, "per-second": rate, ...filter } = values;
  const filtered = Object.keys(filter).length > 0;
  if (id === undefined && !filtered) throw new UsageError("which events? an event id, or a filter");
  if (id !== undefined && (filtered || dryRun))
    throw new UsageError("either an event id, or a filter with its options");
  const perSecond = readNumber("--per-second", rate, 1, HIGHEST_RATE);
  const relay = openRelayClient({ url, token });
  return id === undefined
    ? replayMany(relay, { filter: { ...filter, destination }, destination: to, dryRun, perSecond })
    : replayOne(relay, id, to ?? destination);
}

async function replayOne(relay: RelayClient, id: string, destination: string | undefined): Promise<number> {
  const body = JSON.stringify({ destination });
  const { text } = await relay.call("POST", `events/${encodeURIComponent(id)}/replay`, { body });
  const { event, deliveries } = replayed.parse(JSON.parse(text));
  const where = deliveries.map(({ destination, run }) => `${destination} (replay ${run})`).join(", ");
  console.log(where === "" ? `${event} goes to no destination: none wants it` : `${event} goes again to ${where}`);
  return 0;
}
