/** What D1 says of rows that it never takes: they are too large, or break a rule of their table. */
const REFUSED =
  /SQLITE_(TOOBIG|CONSTRAINT|MISMATCH|RANGE)|too big|too many SQL variables|statement too long|malformed JSON/i;
/** What it says while its tables are not those that this version expects. */
const UNPREPARED = /no such (table|column)|has no column/i;

/** Whether an error of the log is about what it was given. Any other may be over the next time. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && REFUSED.test(error.message);
}

/** Whether an error of the log would meet everything alike, whatever it was given. */
export function isUnprepared(error: unknown): boolean {
  return error instanceof Error && UNPREPARED.test(error.message);
}
