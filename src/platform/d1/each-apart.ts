import { LogHangsError } from "./in-time.ts";
import { isRefusal, isUnprepared } from "./refusal.ts";
import { askOnce, tryThrice } from "./try-thrice.ts";

/** How it went with each of several things that were given to the log. */
export interface Parted<T, R> {
  readonly done: T[];
  readonly answers: R[];
  /** What the log will never take, for its own sake. */
  readonly refused: T[];
  /** What failed although it was alone; the reason may be its own. */
  readonly failed: T[];
  /** What the log cannot take now. */
  readonly open: T[];
}

/** The log itself fails when this many in a row do. */
const MAX_FAILURES = 3;

/**
 * Gives several things to the log at once; where it does not take them, each by itself, so that one keeps it from no
 * other. Never rejects.
 */
export async function eachApart<T, R>(
  all: readonly T[],
  work: (some: readonly T[]) => Promise<R>,
): Promise<Parted<T, R>> {
  const parted: Parted<T, R> = { done: [], answers: [], refused: [], failed: [], open: [] };
  if (all.length === 0) return parted;
  const together = await tryThrice(() => work(all));
  if (together.ok) return { ...parted, done: [...all], answers: [together.value] };
  if (cannotNow(together.error)) return { ...parted, open: [...all] };
  for (const [place, one] of all.entries()) {
    const alone = all.length === 1 ? together : await askOnce(() => work([one]));
    if (alone.ok) {
      parted.done.push(one);
      parted.answers.push(alone.value);
    } else if (isRefusal(alone.error)) parted.refused.push(one);
    else parted.failed.push(one);
    const isDown = parted.done.length === 0 && parted.failed.length >= MAX_FAILURES;
    if (!alone.ok && (isDown || cannotNow(alone.error))) {
      parted.open.push(...all.slice(place + 1), ...parted.failed.splice(0));
      break;
    }
  }
  return parted;
}

function cannotNow(error: unknown): boolean {
  return error instanceof LogHangsError || isUnprepared(error);
}
