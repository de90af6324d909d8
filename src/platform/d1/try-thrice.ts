import { withTimeLimit } from "../time-limit.ts";
import { LOG_LIMIT_MS, LogHangsError } from "./in-time.ts";
import { isRefusal } from "./refusal.ts";

/** Pauses before a second and a third try. */
const PAUSES_MS = [100, 400];

/** What came of asking the log. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  /** `error`: why it would not; a LogHangsError where it did not answer, and then it may still do it. */
  | { readonly ok: false; readonly error: unknown };

/**
 * Asks the log up to three times, but no longer than one may wait for it. What it refuses it is not asked again, nor
 * when it hangs. For work that changes nothing when repeated. Never rejects.
 */
export async function tryThrice<T>(work: () => Promise<T>): Promise<Answered<T>> {
  let over = false;
  const tries = async (): Promise<Answered<T>> => {
    for (const pause of PAUSES_MS) {
      const answered = await askOnce(work);
      if (answered.ok || over || isFinal(answered.error)) return answered;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
    return askOnce(work);
  };
  const limited = await withTimeLimit(tries(), LOG_LIMIT_MS);
  over = true;
  return limited.ok ? limited.value : { ok: false, error: new LogHangsError() };
}

/** Asks the log once. Never rejects. */
export async function askOnce<T>(work: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    return { ok: false, error };
  }
}

function isFinal(error: unknown): boolean {
  return error instanceof LogHangsError || isRefusal(error);
}
