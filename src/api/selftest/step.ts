import * as z from "zod";
import { describeError } from "../../platform/describe-error.ts";

/** One thing that was tried. */
export const step = z.object({
  name: z
    .string()
    .describe(
      "configuration, tables, webhook, queue retries, queue dead, login <source>, cron, limits; of one source keys, proof, webhook, login <source>",
    ),
  ok: z.boolean(),
  ms: z.int().describe("how long it took"),
  detail: z.string().optional().describe("what is wrong; of a step that is ok: what is worth a look"),
});
export type Step = z.infer<typeof step>;

/** What was found wrong with a thing, or what is worth a look although it works; undefined where it is well. */
export type Finding = string | { readonly remark: string } | undefined;

/** Tries one thing. Never rejects. */
export async function tryStep(name: string, work: () => Promise<Finding>): Promise<Step> {
  const start = Date.now();
  const found = await work().catch((error: unknown) => describeError(error));
  const ms = Date.now() - start;
  if (found === undefined) return { name, ok: true, ms };
  return typeof found === "string"
    ? { name, ok: false, ms, detail: found }
    : { name, ok: true, ms, detail: found.remark };
}

/** Waits between the looks: the Free plan allows an invocation 50 requests, of which three steps look as often as this. */
const WAITS_MS = [300, 700, 1000, 1500, 2000, 2500, 3500, 4500];

/** Looks again and again until something is found; undefined when it does not come in time, some 16 s. */
export async function awaitValue<T>(look: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const wait of WAITS_MS) {
    const found = await look();
    if (found !== undefined) return found;
    await scheduler.wait(wait);
  }
  return look();
}
