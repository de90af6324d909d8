import { env } from "cloudflare:workers";
import { vi } from "vitest";
import { World } from "./world.ts";

const DAY = 24 * 60 * 60_000;
const TABLES = [
  "claim",
  "event",
  "duplicate",
  "failure",
  "delivery",
  "tally",
  "tally_sum",
  "flow_sum",
  "spool",
  "document",
  "pause",
];
/** No world lasts so long: time does not run backwards from one to the next. */
const APART = 10 * DAY;
let start = Date.now();

/** A world with these destinations, each with a sink; nothing is left of the one before. */
export async function openWorld(destinations: Record<string, object>): Promise<World> {
  start += APART;
  vi.restoreAllMocks();
  await env.LOG.batch(TABLES.map((table) => env.LOG.prepare(`DELETE FROM ${table}`)));
  const world = new World(destinations, start);
  await world.configure();
  world.renew();
  return world;
}
