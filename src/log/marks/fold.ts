import * as z from "zod";
import { MARK_DIGITS } from "../../events/marks/mark.ts";
import { receiptAt } from "../../events/receipt.ts";
import { blockOf, type MarkBlock, mergeBlocks, packBlock, type Stamped, unpackRuns } from "./block.ts";

/** What is younger may still be on its way between queue and log; milliseconds. */
const SETTLING_MS = 60_000;
/** So many events are worth a block, and so many are read at once. */
const MIN_EVENTS = 200;
const MAX_EVENTS = 2000;
/** Marks of one block; with their moments they fill 1.4 MB. */
const MAX_ENTRIES = 100_000;
/** A row of the log has 2 MB. */
const MAX_BLOCK_BYTES = 1_400_000;
/** So many blocks of a level become one of the next, until the last. */
const MERGED = 10;
const LAST_LEVEL = 2;

const stampedRow = z.object({ receipt: z.string(), marks: z.string().catch("") });
const levelRow = z.object({ level: z.number() });
const blockRow = z.object({
  first: z.string(),
  last: z.string(),
  level: z.number(),
  versions: z.string(),
  marks: z.string(),
  starts: z.string(),
  moments: z.string(),
});

/**
 * Puts the marks of settled events into a block, and does one of what else keeps blocks in order; a bounded step of each.
 * Stopped anywhere and begun again, it loses nothing and doubles nothing. Rejects when the log cannot be used.
 * @param now milliseconds since the epoch
 * @param turn counts up: which of the other works is done
 * @returns whether there is more to put into blocks
 */
export async function foldMarks(log: D1Database, now: number, turn: number): Promise<boolean> {
  const { results } = await log
    .prepare(
      `SELECT receipt, lower(hex(marks)) AS marks FROM event
       WHERE receipt > coalesce((SELECT max(last) FROM mark_block), '') AND receipt < ?1
       ORDER BY receipt LIMIT ${MAX_EVENTS}`,
    )
    .bind(receiptAt(now - SETTLING_MS))
    .all();
  const fresh = fitting(z.array(stampedRow).parse(results));
  if (fresh.length >= MIN_EVENTS || fresh.length < results.length) await putBlock(log, fresh);
  await works[turn % works.length]?.(log);
  return results.length >= MAX_EVENTS;
}

const works: readonly ((log: D1Database) => Promise<unknown>)[] = [foldLate, mergeFull, removeEmpty];

async function foldLate(log: D1Database): Promise<void> {
  const { results } = await log
    .prepare(`SELECT receipt, lower(hex(marks)) AS marks FROM late_mark ORDER BY receipt LIMIT ${MAX_EVENTS}`)
    .all();
  const late = fitting(z.array(stampedRow).parse(results));
  if (late.length >= MIN_EVENTS || late.length < results.length) await putLateBlock(log, late);
}

async function mergeFull(log: D1Database): Promise<void> {
  const { results } = await log
    .prepare(
      `SELECT level FROM mark_block WHERE level < ${LAST_LEVEL} GROUP BY level HAVING count(*) >= ${MERGED} LIMIT 1`,
    )
    .all();
  const [full] = z.array(levelRow).parse(results);
  if (full !== undefined) await mergeLevel(log, full.level);
}

/** Blocks whose events are all gone. */
async function removeEmpty(log: D1Database): Promise<void> {
  await log
    .prepare(
      `DELETE FROM mark_block WHERE NOT EXISTS (
         SELECT 1 FROM event WHERE event.receipt >= mark_block.first AND event.receipt <= mark_block.last)`,
    )
    .run();
}

/** As many events as fit into a block, and at least one. */
function fitting(stamped: readonly Stamped[]): readonly Stamped[] {
  let entries = 0;
  const fit = stamped.findIndex(({ marks }) => {
    entries += marks.length / MARK_DIGITS;
    return entries > MAX_ENTRIES;
  });
  return fit < 0 ? stamped : stamped.slice(0, Math.max(1, fit));
}

/** Only if the log still has just these events: what is recorded among them afterwards is late. */
async function putBlock(log: D1Database, stamped: readonly Stamped[]): Promise<void> {
  const block = blockOf(stamped, stamped.length >= MIN_EVENTS * MERGED ? 1 : 0);
  if (block === undefined) return;
  const unchanged = `(SELECT count(*) FROM event
    WHERE receipt > coalesce((SELECT max(last) FROM mark_block), '') AND receipt <= ?1) = ?8`;
  await insertBlock(log, block, unchanged, stamped.length).run();
}

async function putLateBlock(log: D1Database, stamped: readonly Stamped[]): Promise<void> {
  const block = blockOf(stamped, 0);
  if (block === undefined) return;
  await log.batch([
    insertBlock(log, block),
    log
      .prepare("DELETE FROM late_mark WHERE receipt IN (SELECT value FROM json_each(?1))")
      .bind(JSON.stringify(stamped.map(({ receipt }) => receipt))),
  ]);
}

/** Joins the oldest blocks of a level, as many as fit into a row; one that is full already rises alone. */
async function mergeLevel(log: D1Database, level: number): Promise<void> {
  const { results } = await log
    .prepare(
      `SELECT first, last, level, versions, lower(hex(marks)) AS marks, hex(starts) AS starts, hex(moments) AS moments
       FROM (SELECT *, sum(length(marks) + length(starts) + length(moments)) OVER (ORDER BY last) AS bytes
             FROM mark_block WHERE level = ?1 ORDER BY last LIMIT ${MERGED})
       WHERE bytes <= ${MAX_BLOCK_BYTES}`,
    )
    .bind(level)
    .all();
  const blocks = z
    .array(blockRow)
    .parse(results)
    .map(({ marks, starts, moments, ...block }): MarkBlock => ({ ...block, runs: unpackRuns(marks, starts, moments) }));
  const merged = blocks.length < 2 ? undefined : mergeBlocks(blocks);
  await (merged === undefined
    ? log
        .prepare(
          `UPDATE mark_block SET level = level + 1
           WHERE last = (SELECT last FROM mark_block WHERE level = ?1 ORDER BY last LIMIT 1)`,
        )
        .bind(level)
        .run()
    : log.batch([
        log
          .prepare("DELETE FROM mark_block WHERE last IN (SELECT value FROM json_each(?1)) AND level = ?2")
          .bind(JSON.stringify(blocks.map(({ last }) => last)), level),
        insertBlock(log, merged),
      ]));
}

/** The statement that writes a block, if a condition holds. */
function insertBlock(log: D1Database, block: MarkBlock, condition = "?8 IS NULL", value?: number): D1PreparedStatement {
  const { first, last, level, versions } = block;
  const { marks, starts, moments } = packBlock(block);
  return log
    .prepare(
      `INSERT INTO mark_block (last, first, level, versions, marks, starts, moments)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE ${condition} ON CONFLICT DO NOTHING`,
    )
    .bind(last, first, level, versions, marks, starts, moments, value ?? null);
}
