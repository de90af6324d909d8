import { withTimeLimit } from "./time-limit.ts";

/** The limiter must not hold up an answer. */
const LIMITER_LIMIT_MS = 200;
/** The limiter's period, as wrangler.toml sets it: when to come again, at the latest. */
export const LIMITER_PERIOD_SECONDS = 60;

/**
 * Counts a failed proof, and tells whether there were too many. Asked only after one, so that nobody with a live key or
 * token is ever limited; a limiter that fails limits nobody.
 * @param key of whom the failures are counted together
 */
export async function failedTooOften(env: Pick<Env, "FAILURES">, key: string): Promise<boolean> {
  const ask = async () => env.FAILURES.limit({ key });
  const answer = await withTimeLimit(ask(), LIMITER_LIMIT_MS);
  return answer.ok && !answer.value.success;
}
