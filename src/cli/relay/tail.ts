import { setTimeout as wait } from "node:timers/promises";
import { endWhenTold } from "../local/end.ts";
import { Refusal } from "../refusal.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";
import { eventLine, type ListedEvent } from "./event-line.ts";
import { EventWatch } from "./event-watch.ts";

/** Events that are shown at first. */
const MAX_SHOWN_FIRST = 10;
const SECOND_MS = 1000;

/** Which events, and how often to look. */
export interface TailOptions extends RelayOptions {
  readonly source?: string | undefined;
  readonly type?: string | undefined;
  /** Seconds between two looks; 0 ends after the first one. */
  readonly follow: number;
}

/** Prints the newest events of a relay, then each new one, until it is told to end. */
export async function tail({ source, type, follow, ...relay }: TailOptions): Promise<void> {
  const watched = { ...(source === undefined ? {} : { source }), ...(type === undefined ? {} : { type }) };
  const watch = new EventWatch(openRelayClient(relay), watched, Date.now());
  print(await watch.first(MAX_SHOWN_FIRST));
  if (follow === 0) return;
  endWhenTold(0);
  for (;;) {
    await wait(follow * SECOND_MS);
    print(await watch.next().catch(tellAndGoOn));
  }
}

function print(events: readonly ListedEvent[]): void {
  for (const event of events) console.log(eventLine(event));
}

/** A relay that is away for a moment comes back. */
function tellAndGoOn(error: unknown): readonly ListedEvent[] {
  if (!(error instanceof Refusal)) throw error;
  console.error(`hookswitch: ${error.message}`);
  return [];
}
