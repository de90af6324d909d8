import * as z from "zod";
import { UsageError } from "../arguments.ts";
import { follow } from "../replays/follow.ts";
import { waitLines } from "../replays/lines.ts";
import { waitList } from "../replays/view.ts";
import { readAnswer } from "./answer.ts";
import { openRelayClient, type RelayClient, type RelayOptions } from "./client.ts";
import { clockIn } from "./clock.ts";

const replayed = z.object({
  event: z.string(),
  deliveries: z.array(z.object({ destination: z.string(), run: z.number() })),
  waits: waitList.default([]),
});

/** Which events, where to, how fast, and why. */
export interface ReplayOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  readonly subject?: string | undefined;
  readonly state?: string | undefined;
  readonly since?: string | undefined;
  readonly until?: string | undefined;
  readonly zone?: string | undefined;
  readonly destination?: string | undefined;
  readonly to?: string | undefined;
  readonly renormalize?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly perSecond: number;
  readonly reason?: string | undefined;
  readonly detach?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Delivers one event again, or all that a filter finds. */
export async function replayEvents(id: string | undefined, options: ReplayOptions): Promise<void> {
  const { url, token, destination, to, renormalize, dryRun, perSecond, reason, detach, json, zone, ...filter } =
    options;
  const filtered = Object.keys(filter).length > 0;
  const ofMany = filtered || dryRun === true || renormalize === true || detach === true;
  if (id === undefined && !filtered) throw new UsageError("which events? an event id, or a filter");
  if (id !== undefined && ofMany) throw new UsageError("either an event id, or a filter with its options");
  const relay = openRelayClient({ url, token });
  if (id !== undefined) return replayOne(relay, id, { destination: to ?? destination, reason }, json);
  const isTimed = filter.since !== undefined || filter.until !== undefined;
  // The same clock as that of every list.
  const ofClock = isTimed ? clockIn(zone, Date.now()).zone : undefined;
  const body = {
    filter: { ...filter, zone: ofClock, destination },
    destination: to,
    renormalize,
    dryRun,
    perSecond,
    reason,
  };
  return follow(relay, await relay.call("POST", "replays", { body: JSON.stringify(body) }), { json, detach });
}

async function replayOne(relay: RelayClient, id: string, asked: object, json = false): Promise<void> {
  const body = JSON.stringify(asked);
  const answer = await relay.call("POST", `events/${encodeURIComponent(id)}/replay`, { body });
  const { event, deliveries, waits } = readAnswer(replayed, answer);
  const where = deliveries.map(({ destination, run }) => `${destination} (replay ${run})`).join(", ");
  const said = where === "" ? `${event} goes to no destination: none wants it` : `${event} goes again to ${where}`;
  console.log(json ? answer.text : [said, ...waitLines(waits).map((line) => `  ${line}`)].join("\n"));
}
