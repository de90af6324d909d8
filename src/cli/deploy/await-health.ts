import { setTimeout as wait } from "node:timers/promises";
import * as z from "zod";
import { readJson } from "../../platform/read-json.ts";

const LOOK_MS = 500;
const LIMIT_MS = 5000;

const health = z.object({
  ok: z.boolean(),
  broken: z.array(z.string()).default([]),
  warnings: z.array(z.string()).default([]),
});

/** What `/health` says; undefined when nothing answers there within `patienceMs`. */
export async function awaitHealth(address: string, patienceMs: number): Promise<z.infer<typeof health> | undefined> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const asked = fetch(`${address}/health`, { signal: AbortSignal.timeout(LIMIT_MS) });
    const text = await asked.then((answer) => answer.text()).catch(() => "");
    const told = health.safeParse(readJson(text)).data;
    if (told !== undefined || Date.now() + LOOK_MS > deadline) return told;
    await wait(LOOK_MS);
  }
}
