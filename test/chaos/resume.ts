import { env } from "cloudflare:workers";
import * as z from "zod";
import { replay } from "../../src/delivery/replay/replay.ts";
import { resumeDestination } from "../../src/delivery/retries/resume.ts";
import { aDeed } from "../deed.ts";
import type { World } from "./world.ts";

const letter = z.object({ receipt: z.string(), destination: z.string(), source: z.string(), type: z.string() });
const PER_SECOND = 10;

/** What the operator does when a receiver is back: resumes its destination, and replays its dead letters. */
export async function resume(world: World, name: string): Promise<void> {
  const { results } = await env.LOG.prepare(
    "SELECT receipt, destination, source, type FROM delivery WHERE state = 'dead' AND run = 0",
  ).all();
  const dead = z.array(letter).parse(results);
  const { env: bindings } = world.begin();
  await replay(bindings, dead, PER_SECOND, Date.now());
  await resumeDestination(bindings, world.id(name), aDeed, Date.now());
  world.deadLetters = dead.length;
}
