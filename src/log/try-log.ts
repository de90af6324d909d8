/** Shows that the log can be read. Rejects when it cannot. */
export async function tryReading(log: D1Database): Promise<void> {
  await log.prepare("SELECT 1 FROM tally LIMIT 1").all();
}

/** Shows that the log takes rows: writes one and removes it again, in one transaction. Rejects when it takes none. */
export async function tryWriting(log: D1Database): Promise<void> {
  await log.batch([
    log.prepare("INSERT INTO claim (id, receipt) VALUES ('evt_', 'rcpt_') ON CONFLICT DO NOTHING"),
    log.prepare("DELETE FROM claim WHERE id = 'evt_'"),
  ]);
}
