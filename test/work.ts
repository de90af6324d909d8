import { env } from "cloudflare:workers";
import type { Work } from "../src/platform/work.ts";

/** An invocation of the Worker by a test; what it defers nobody waits for, unless `given` says so. */
export function aWork(given: Partial<Work> = {}): Work {
  return { env, now: Date.now(), defer: () => undefined, ...given };
}
