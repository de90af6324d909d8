import { env } from "cloudflare:workers";
import type { InSpan } from "../src/platform/in-span.ts";
import type { TracedWork } from "../src/platform/work.ts";

/** For an invocation that has no trace. */
const untraced: InSpan = (_name, stage) => stage();

/** An invocation of the Worker by a test; what it defers nobody waits for, unless `given` says so. */
export function aWork(given: Partial<TracedWork> = {}): TracedWork {
  return { env, now: Date.now(), defer: () => undefined, inSpan: untraced, ...given };
}
