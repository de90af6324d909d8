import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { endWhenTold } from "../local/end.ts";
import { readNumber } from "../read-number.ts";
import { Refusal } from "../refusal.ts";
import { openRelayClient, relayOptions } from "../relay/client.ts";
import { eventLine, type ListedEvent } from "../relay/event-line.ts";
import { EventWatch } from "../relay/event-watch.ts";

/** Events that are shown at first. */
const SHOWN = 10;
const SECOND = 1000;
/** Seconds. */
const USUAL = "2";
const LONGEST = 3600;

/** Prints the newest events of a relay, then each new one, until it is told to end. */
export async function tail(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      ...relayOptions,
      source: { type: "string" },
      type: { type: "string" },
      follow: { type: "string", default: USUAL },
    },
  });
  const { source, type } = values;
  const pause = readNumber("--follow", values.follow, 0, LONGEST) * SECOND;
  const watched = { ...(source === undefined ? {} : { source }), ...(type === undefined ? {} : { type }) };
  const watch = new EventWatch(openRelayClient(values), watched, Date.now());
  print(await watch.first(SHOWN));
  if (pause === 0) return 0;
  endWhenTold(0);
  for (;;) {
    await wait(pause);
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
