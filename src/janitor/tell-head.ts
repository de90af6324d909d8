import { readHead } from "../log/audit/write.ts";
import { logLine } from "../platform/log-line.ts";
import { DAY_MS } from "../platform/time/instant.ts";
import type { Tick } from "./tick.ts";

const MINUTE_MS = 60_000;
/** A tick may be missed, and a log may fail for a moment: told in the first minutes of a UTC day. */
const MINUTES_TOLD = 3;

/**
 * Tells the head of the audit to the Worker's log, daily: whoever holds an older one can show that no entry before it was
 * changed or taken away.
 */
export async function tellHead({ env, now }: Tick): Promise<void> {
  if (now % DAY_MS >= MINUTES_TOLD * MINUTE_MS) return;
  const { seq, hash } = await readHead(env.LOG);
  logLine("info", "audit.head", { entries: seq, head: hash });
}
