import { writeAudited } from "./write.ts";

const HOUR_MS = 3_600_000;
/** Whoever has many addresses cannot fill the audit: so many parts of addresses are told of in an hour. */
const MAX_AN_HOUR = 100;

/**
 * Tells of failed sign-ins in the audit: once an hour and part of an address, however many they are. Rejects when the
 * log cannot be written.
 * @param address the part of it that may be kept
 * @param now milliseconds since the epoch
 */
export async function recordFailedSignIn(log: D1Database, address: string, now: number): Promise<void> {
  const hour = Math.floor(now / HOUR_MS);
  const first = log
    .prepare(
      `INSERT INTO failed_sign_in (hour, address)
       SELECT ?1, ?2 WHERE (SELECT count(*) FROM failed_sign_in WHERE hour = ?1) < ${MAX_AN_HOUR}
       ON CONFLICT DO NOTHING`,
    )
    .bind(hour, address);
  const deed = { who: address, role: "none", action: "sign_in.failed", what: "api" };
  // Only this hour is asked about: what is older goes with the next that is told.
  const removeOld = log.prepare("DELETE FROM failed_sign_in WHERE hour < ?1").bind(hour);
  await writeAudited(log, [removeOld, first], deed, now);
}
