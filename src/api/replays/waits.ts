import * as z from "zod";
import type { Relay } from "../../config/load-relay.ts";
import { openText } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import type { Work } from "../../platform/work.ts";
import { holdOf, type Passage, untilSomebody } from "../../status/waits.ts";
import { readPassages } from "../destinations/passages.ts";
import { waits } from "../events/waits.ts";

/** Gates that one request asks; those for which most waits. */
const MAX_GATES = 10;

/** Deliveries that wait, and for what. */
export const wait = waits.extend({
  destination: openText,
  deliveries: z.int(),
  until: openText
    .nullable()
    .describe("null where a person has to do something first, and where each delivery goes at its own time"),
});
export type Wait = z.input<typeof wait>;

/** What the deliveries wait for that go to each destination. Rejects when the log cannot be read. */
export async function describeWaits(
  { env, now }: Pick<Work, "env" | "now">,
  waiting: ReadonlyMap<string, number>,
  { destinations }: Relay,
): Promise<Wait[]> {
  const most = [...waiting].sort(([, one], [, other]) => other - one).slice(0, MAX_GATES);
  const ids = most.map(([destination]) => destination);
  const passages = await readPassages(env, ids, destinations);
  return most.map(([destination, deliveries]) => {
    const passage = passages.get(destination) ?? { paused: undefined, breaker: undefined };
    return { destination, deliveries, ...describeHold(destination, deliveries, passage, now) };
  });
}

function describeHold(destination: string, deliveries: number, passage: Passage, now: number) {
  const some = `${deliveries} ${deliveries === 1 ? "waits" : "wait"}`;
  const hold = holdOf(passage, now);
  if (hold === undefined) {
    return { for: "turn" as const, until: null, sentence: `${some} to go to ${destination}, each at its time.` };
  }
  if (hold.until === null) {
    const until = passage.paused === undefined ? "" : ` ${untilSomebody(destination, passage.paused)}`;
    return { for: hold.for, until: null, sentence: `${some}${until}.` };
  }
  const until = toInstant(hold.until);
  return {
    for: hold.for,
    until,
    sentence: `${some} for the breaker of ${destination}, next probe ${clockOf(until)} UTC.`,
  };
}

/** `17:19:25` of an instant. */
function clockOf(instant: string): string {
  return instant.slice("2026-11-20T".length, "2026-11-20T17:19:25".length);
}
