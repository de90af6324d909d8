import { readPauses } from "../../log/pauses.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";

/** A pause made elsewhere is known here after this, at the latest. */
const FRESH_MS = 5000;
/** A batch waits no longer for the pauses. */
const PAUSES_LIMIT_MS = 1000;

/** The pauses in the log, as this isolate read them last. */
let copy: { readonly at: number; readonly paused: ReadonlySet<string> } | undefined;
/** When the log was asked in vain; for a while nobody waits for it again. */
let askedInVain = Number.NEGATIVE_INFINITY;

/** The destinations that are paused; undefined when the log has never told. Never rejects. */
export async function knownPauses(log: D1Database, now: number): Promise<ReadonlySet<string> | undefined> {
  if (copy !== undefined && Math.abs(now - Math.max(copy.at, askedInVain)) < FRESH_MS) return copy.paused;
  const read = await withTimeLimit(readPauses(log), PAUSES_LIMIT_MS);
  if (read.ok) copy = { at: now, paused: new Set(read.value.map(({ destination }) => destination)) };
  else askedInVain = now;
  return copy?.paused;
}

/** Forgets the pauses, as a new isolate would: the log is asked again. */
export function forgetPauses(): void {
  copy = undefined;
  askedInVain = Number.NEGATIVE_INFINITY;
}
