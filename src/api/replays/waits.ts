import * as z from "zod";
import type { Destination, Relay } from "../../config/load-relay.ts";
import { callGate } from "../../delivery/gate/ask-gate.ts";
import type { GateStatus } from "../../delivery/gate/gate.ts";
import { GATE_LIMIT_MS } from "../../delivery/gate/pause.ts";
import { type Pause, readPauses } from "../../log/pauses.ts";
import { toInstant } from "../../platform/time.ts";

/** Gates that one request asks; those for which most waits. */
const MAX_GATES = 10;

/** Deliveries that wait, and for what. */
export const wait = z.object({
  destination: z.string(),
  deliveries: z.int(),
  for: z
    .enum(["configuration", "pause", "breaker", "turn"])
    .describe("the configuration to be mended or to go on, the end of a pause, a breaker, or their turn"),
  until: z.string().optional().describe("when the breaker lets a probe pass"),
  sentence: z.string(),
});
export type Wait = z.input<typeof wait>;

/** What the deliveries wait for that go to each destination. Rejects when the log cannot be read. */
export async function describeWaits(
  { LOG, GATE }: Pick<Env, "LOG" | "GATE">,
  waiting: ReadonlyMap<string, number>,
  { destinations }: Relay,
): Promise<Wait[]> {
  if (waiting.size === 0) return [];
  const pauses = await readPauses(LOG);
  const most = [...waiting].sort(([, one], [, other]) => other - one).slice(0, MAX_GATES);
  return Promise.all(
    most.map(async ([destination, deliveries]) => {
      const gate = await callGate(GATE, destination, GATE_LIMIT_MS, (gate) => gate.status());
      const configured = destinations.find(({ id }) => id === destination);
      const pause = pauses.find((one) => one.destination === destination);
      return { destination, deliveries, ...reasonOf(destination, deliveries, { configured, pause, gate }) };
    }),
  );
}

interface Stands {
  readonly configured: Destination | undefined;
  readonly pause: Pause | undefined;
  readonly gate: { readonly ok: true; readonly value: GateStatus } | { readonly ok: false };
}

function reasonOf(
  destination: string,
  deliveries: number,
  { configured, pause, gate }: Stands,
): Omit<Wait, "destination" | "deliveries"> {
  const some = `${deliveries} ${deliveries === 1 ? "waits" : "wait"}`;
  if (configured?.faulty !== undefined) {
    return {
      for: "configuration",
      sentence: `${some} until the configuration of ${destination} is mended: ${configured.faulty}.`,
    };
  }
  if (configured?.paused) {
    return { for: "configuration", sentence: `${some} for ${destination}, which is paused in the configuration.` };
  }
  if (pause !== undefined)
    return { for: "pause", sentence: `${some} until ${destination} is resumed (${pause.reason}).` };
  if (!gate.ok || gate.value.until === undefined) {
    return { for: "turn", sentence: `${some} to go to ${destination}, each at its time.` };
  }
  const until = toInstant(gate.value.until);
  const probe = gate.value.breaker === "open" ? `next probe ${clockOf(until)} UTC` : "a probe is on its way";
  return { for: "breaker", until, sentence: `${some} for the breaker of ${destination}, ${probe}.` };
}

/** `17:19:25` of an instant. */
function clockOf(instant: string): string {
  return instant.slice("2026-11-20T".length, "2026-11-20T17:19:25".length);
}
