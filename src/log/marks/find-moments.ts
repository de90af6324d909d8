import * as z from "zod";
import { keyVersion, type Mark, type MarkKeys, marksOf } from "../../events/marks/mark.ts";
import type { Trait } from "../../events/marks/trait.ts";
import { acceptedAt, receiptId } from "../../events/receipt.ts";
import { sortRows } from "../../platform/d1/sort-rows.ts";
import { readMoments, readRange } from "./block.ts";

/** Events in no block yet that are looked at, the newest first: the rest is for the next page. */
const MAX_EVENTS_WALKED = 5000;
/** Moments read from blocks before the search is content. */
const ENOUGH_MOMENTS = 500;
/** A search binds two parameters for each mark, and D1 takes a hundred. */
const MAX_MARKS = 40;

/** When events were accepted that may have a trait, the newest first; milliseconds since the epoch. */
export interface FoundMoments {
  readonly moments: readonly number[];
  /** What was accepted before this was not looked for; undefined when all was. */
  readonly end: number | undefined;
}

/** Among which receipts. */
export interface ReceiptRange {
  /** The first receipt. */
  readonly from: string;
  /** The first receipt behind. */
  readonly before: string;
}

/** Receipts as they stand in one text. */
const receiptList = z.string().transform((text) => text.split(",").filter((one) => receiptId.safeParse(one).success));
const walkedRow = z.object({
  events: z.number(),
  oldest: receiptId.nullable().catch(null),
  hits: receiptList.catch([]),
});
const lateRow = z.object({ receipt: receiptId });
const blockRow = z.looseObject({ last: receiptId });
const momentsRow = z.object({ moments: z.string() });
const range = z.string().regex(/^[0-9A-F]{16}$/);

/**
 * Finds by their marks when events with any of the traits may have been accepted: in blocks, among what is in none yet,
 * and among what came late. Rejects when the log cannot be read.
 */
export async function findMoments(
  log: D1Database,
  traits: readonly Trait[],
  keys: MarkKeys,
  { from, before }: ReceiptRange,
): Promise<FoundMoments> {
  const marks = await wantedMarks(traits, keys);
  if (marks.length === 0) return { moments: [], end: undefined };
  const bound = marks.flatMap(({ version, mark }) => [version, mark]);
  const ANY = `(${marks.map((_, n) => hasMark(n)).join(" OR ")})`;
  const [walked, late, blocks] = await log.batch([
    log
      .prepare(
        `SELECT count(*) AS events, min(receipt) AS oldest, group_concat(iif(${ANY}, receipt, NULL)) AS hits
         FROM (SELECT receipt, marks FROM event
           WHERE receipt > coalesce((SELECT max(last) FROM mark_block), '') AND receipt >= ?1 AND receipt < ?2
           ORDER BY receipt DESC LIMIT ${MAX_EVENTS_WALKED})`,
      )
      .bind(from, before, ...bound),
    log
      .prepare(`SELECT receipt FROM late_mark WHERE receipt >= ?1 AND receipt < ?2 AND ${ANY}`)
      .bind(from, before, ...bound),
    log
      .prepare(
        `SELECT last, ${marks.map((_, n) => `iif(at${n} > 0, hex(substr(starts, at${n}, 8)), '') AS run${n}`)}
         FROM (SELECT last, starts, ${marks.map((_, n) => `${placeOf(n)} AS at${n}`)}
           FROM mark_block WHERE last >= ?1 AND first < ?2)
         WHERE ${marks.map((_, n) => `at${n} > 0`).join(" OR ")} ORDER BY last DESC`,
      )
      .bind(from, before, ...bound),
  ]);
  const { events, oldest, hits } = walkedRow.parse(walked?.results[0]);
  const walkedTo = events < MAX_EVENTS_WALKED ? null : oldest;
  const behind = sortRows(lateRow, late?.results ?? []).read;
  const [least, most] = [momentOf(from, 0), momentOf(before, Number.POSITIVE_INFINITY)];
  const inBlocks = await readBlocks(log, sortRows(blockRow, blocks?.results ?? []).read, most);
  const receipts = [...hits, ...behind.map(({ receipt }) => receipt)];
  const end = Math.max(inBlocks.end ?? 0, walkedTo === null ? 0 : acceptedAt(walkedTo) + 1);
  const all = new Set([...receipts.map(acceptedAt), ...inBlocks.moments]);
  const moments = [...all].filter((moment) => moment >= Math.max(least, end) && moment <= most);
  return { moments: moments.sort((one, other) => other - one), end: end === 0 ? undefined : end };
}

interface WantedMark {
  readonly version: Mark;
  readonly mark: Mark;
}

async function wantedMarks(traits: readonly Trait[], { current, previous }: MarkKeys): Promise<WantedMark[]> {
  const keys = previous === undefined ? [current] : [current, previous];
  const wanted = await Promise.all(
    keys.map(async (key) => {
      const [version, marks] = await Promise.all([keyVersion(key), marksOf(traits, key)]);
      return marks.map((mark) => ({ version, mark }));
    }),
  );
  return wanted.flat().slice(0, MAX_MARKS);
}

/** The parameters of a mark, after the first two. */
const versionAt = (n: number) => `?${2 * n + 3}`;
const markAt = (n: number) => `unhex(?${2 * n + 4})`;

/** Where a mark stands in a block; 0 where its key made none of them. */
function placeOf(n: number): string {
  return `iif(instr(versions, ${versionAt(n)}), instr(marks, ${markAt(n)}), 0)`;
}

/** Whether an event has a mark, by the same key. */
function hasMark(n: number): string {
  return `(instr(marks, unhex(${versionAt(n)})) = 1 AND instr(marks, ${markAt(n)}) > 0)`;
}

/** The moments of the runs found, from the newest blocks that have enough. @param most only those before it are wanted */
async function readBlocks(
  log: D1Database,
  blocks: readonly z.infer<typeof blockRow>[],
  most: number,
): Promise<FoundMoments> {
  const wanted: { last: string; from: number; count: number }[] = [];
  let entries = 0;
  let end: number | undefined;
  for (const { last, ...runs } of blocks) {
    // Blocks may overlap: one that reaches behind the end of the search has a say in its newest page.
    if (entries >= ENOUGH_MOMENTS && acceptedAt(last) + 1 < most) {
      end = acceptedAt(last) + 1;
      break;
    }
    for (const run of Object.values(runs)) {
      const found = range.safeParse(run);
      if (!found.success) continue;
      const [from, to] = readRange(found.data);
      wanted.push({ last, from, count: to - from });
      entries += to - from;
    }
  }
  if (wanted.length === 0) return { moments: [], end };
  const { results } = await log
    .prepare(
      `SELECT hex(substr(moments, 6 * (value ->> 'from') + 1, 6 * (value ->> 'count'))) AS moments
       FROM json_each(?1) CROSS JOIN mark_block ON last = value ->> 'last'`,
    )
    .bind(JSON.stringify(wanted))
    .all();
  return {
    moments: z
      .array(momentsRow)
      .parse(results)
      .flatMap(({ moments }) => readMoments(moments)),
    end,
  };
}

/** The time in a receipt, or in the beginning of one. */
function momentOf(receipt: string, otherwise: number): number {
  const whole = receiptId.safeParse(receipt.padEnd("rcpt_".length + 26, "0"));
  return whole.success ? acceptedAt(whole.data) : otherwise;
}
