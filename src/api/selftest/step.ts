import * as z from "zod";
import { describeError } from "../../platform/describe-error.ts";

/** One thing that was tried. */
export const step = z.object({
  name: z.string().describe("configuration, tables, webhook, queue retries, queue dead, login <source>, cron"),
  ok: z.boolean(),
  ms: z.int().describe("how long it took"),
  detail: z.string().optional().describe("what is wrong"),
});
export type Step = z.infer<typeof step>;

/** Tries one thing, which tells what is wrong with it. Never rejects. */
export async function tryStep(name: string, work: () => Promise<string | undefined>): Promise<Step> {
  const start = Date.now();
  const detail = await work().catch((error: unknown) => describeError(error));
  const ms = Date.now() - start;
  return detail === undefined ? { name, ok: true, ms } : { name, ok: false, ms, detail };
}

const LOOK_MS = 250;
const PATIENCE_MS = 15_000;

/** Looks again and again until something is found; undefined when it does not come in time. */
export async function awaitValue<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined || Date.now() > deadline) return found;
    await scheduler.wait(LOOK_MS);
  }
}
