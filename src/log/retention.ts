/** Rows removed of each kind in one step: cron takes the next step a minute later. */
const STEP = 500;

/**
 * Removes what is older than a receipt, in one bounded step. An event whose delivery still waits stays.
 * @param receipt `rcpt_` and the time part of a ULID
 * @param day the same moment as `YYYY-MM-DD`
 */
export async function removeOlder(log: D1Database, receipt: string, day: string): Promise<void> {
  const old = `SELECT receipt FROM event WHERE receipt < ?1
    AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.receipt = event.receipt AND state = 'waiting')
    ORDER BY receipt LIMIT ${STEP}`;
  await log.batch([
    log.prepare(`DELETE FROM claim WHERE id IN (SELECT id FROM event WHERE receipt IN (${old}))`).bind(receipt),
    log.prepare(`DELETE FROM delivery WHERE receipt IN (${old})`).bind(receipt),
    log.prepare(`DELETE FROM event WHERE receipt IN (${old})`).bind(receipt),
    ...["duplicate", "failure"].map((table) =>
      log
        .prepare(
          `DELETE FROM ${table} WHERE receipt IN (SELECT receipt FROM ${table} WHERE receipt < ?1 ORDER BY receipt LIMIT ${STEP})`,
        )
        .bind(receipt),
    ),
    log.prepare("DELETE FROM rejection WHERE day < ?1").bind(day),
  ]);
}
