import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { readAnswer } from "./answer.ts";
import type { RelayClient } from "./client.ts";

/** What is asked of `POST /api/replays`. */
export interface ReplayRequest {
  readonly filter: Readonly<Record<string, string | undefined>>;
  readonly destination: string | undefined;
  readonly dryRun: boolean;
  readonly perSecond: number;
}

const answer = z.object({
  events: z.number(),
  deliveries: z.number(),
  destinations: z.record(z.string(), z.number()),
  next: z.string().nullable(),
});

const SECOND_MS = 1000;

/**
 * Replays all that is found, call after call. The relay spreads what one call begins over its time; the next call
 * waits for that, or the destinations would get both at once.
 */
export async function replayMany(relay: RelayClient, order: ReplayRequest): Promise<void> {
  for (let cursor: string | undefined | null; cursor !== null; ) {
    const body = JSON.stringify({ ...order, cursor });
    const told = readAnswer(answer, await relay.call("POST", "replays", { body }));
    console.log(describe(told, order));
    cursor = told.next;
    if (cursor !== null && !order.dryRun) await wait((told.deliveries / order.perSecond) * SECOND_MS);
  }
}

function describe({ events, deliveries, destinations }: z.infer<typeof answer>, { dryRun }: ReplayRequest): string {
  const where = Object.entries(destinations).map(([destination, number]) => `${destination} ${number}`);
  const list = where.length === 0 ? "" : `: ${where.join(", ")}`;
  return `${dryRun ? "would begin" : "began"} ${deliveries} deliveries of ${events} events${list}`;
}
