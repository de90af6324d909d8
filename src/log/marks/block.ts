import { MARK_DIGITS, type Mark } from "../../events/marks/mark.ts";
import { acceptedAt, receiptId } from "../../events/receipt.ts";

const START_BYTES = 4;
const MOMENT_BYTES = 6;
/** Half a moment each, as far as a 32-bit number goes. */
const LOW = 2 ** 32;

/** The marks of many events. `runs`: when the events of each mark were accepted, milliseconds since the epoch. */
export interface MarkBlock {
  readonly first: string;
  readonly last: string;
  readonly level: number;
  /** The versions of the keys, in hex, one after the other. */
  readonly versions: string;
  readonly runs: ReadonlyMap<Mark, readonly number[]>;
}

/** A block as its row has it. */
export interface PackedBlock {
  readonly marks: Uint8Array;
  readonly starts: Uint8Array;
  readonly moments: Uint8Array;
}

/** An event with its marks in hex, the version of their key first; empty where it has none. */
export interface Stamped {
  readonly receipt: string;
  readonly marks: string;
}

/** The block of some events, in the order of their receipts; undefined of none. */
export function blockOf(stamped: readonly Stamped[], level: number): MarkBlock | undefined {
  const [first, last] = [stamped[0]?.receipt, stamped.at(-1)?.receipt];
  if (first === undefined || last === undefined) return undefined;
  const versions = new Set<string>();
  const runs = new Map<Mark, number[]>();
  for (const { receipt, marks } of stamped.toReversed()) {
    const [version, ...own] = splitMarks(marks);
    if (version !== undefined) versions.add(version);
    if (receiptId.safeParse(receipt).success) for (const mark of own) addTo(runs, mark, [acceptedAt(receipt)]);
  }
  return { first, last, level, versions: [...versions].join(""), runs };
}

/** Several blocks as one of the next level; undefined of none. */
export function mergeBlocks(blocks: readonly MarkBlock[]): MarkBlock | undefined {
  const [one] = blocks;
  if (one === undefined) return undefined;
  const runs = new Map<Mark, number[]>();
  for (const block of blocks) for (const [mark, moments] of block.runs) addTo(runs, mark, moments);
  const versions = new Set(blocks.flatMap(({ versions }) => splitMarks(versions)));
  const [first = one.first] = blocks.map((block) => block.first).sort();
  const last =
    blocks
      .map((block) => block.last)
      .sort()
      .at(-1) ?? one.last;
  return { first, last, level: one.level + 1, versions: [...versions].join(""), runs };
}

function addTo(runs: Map<Mark, number[]>, mark: Mark, moments: readonly number[]): void {
  const run = runs.get(mark);
  if (run === undefined) runs.set(mark, [...moments]);
  else for (const moment of moments) run.push(moment);
}

/** The bytes of a block: marks in order, and of each the moments, the newest first, each once. */
export function packBlock({ runs }: Pick<MarkBlock, "runs">): PackedBlock {
  const sorted = [...runs]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([mark, run]) => [mark, [...new Set(run)].sort((one, other) => other - one)] as const);
  const entries = sorted.reduce((sum, [, run]) => sum + run.length, 0);
  const [marks, starts, moments] = [
    new DataView(new ArrayBuffer(sorted.length * START_BYTES)),
    new DataView(new ArrayBuffer((sorted.length + 1) * START_BYTES)),
    new DataView(new ArrayBuffer(entries * MOMENT_BYTES)),
  ];
  let at = 0;
  for (const [position, [mark, run]] of sorted.entries()) {
    marks.setUint32(position * START_BYTES, Number.parseInt(mark, 16));
    starts.setUint32(position * START_BYTES, at);
    for (const moment of run) {
      moments.setUint16(at * MOMENT_BYTES, Math.floor(moment / LOW));
      moments.setUint32(at * MOMENT_BYTES + 2, moment % LOW);
      at += 1;
    }
  }
  starts.setUint32(sorted.length * START_BYTES, at);
  return { marks: bytesOf(marks), starts: bytesOf(starts), moments: bytesOf(moments) };
}

/** The runs of a block, from the hex of its bytes. */
export function unpackRuns(marks: string, starts: string, moments: string): Map<Mark, number[]> {
  const all = readMoments(moments);
  const begins = Array.from({ length: starts.length / (2 * START_BYTES) }, (_, n) => {
    return Number.parseInt(starts.slice(2 * START_BYTES * n, 2 * START_BYTES * (n + 1)), 16);
  });
  return new Map(splitMarks(marks).map((mark, position) => [mark, all.slice(begins[position], begins[position + 1])]));
}

/** Moments from the hex of their bytes. */
export function readMoments(hex: string): number[] {
  const digits = 2 * MOMENT_BYTES;
  return Array.from({ length: hex.length / digits }, (_, n) =>
    Number.parseInt(hex.slice(digits * n, digits * (n + 1)), 16),
  );
}

function splitMarks(hex: string): Mark[] {
  return Array.from({ length: hex.length / MARK_DIGITS }, (_, n) => hex.slice(n * MARK_DIGITS, (n + 1) * MARK_DIGITS));
}

/** Where a run begins and ends, from the hex of its two starts. */
export function readRange(hex: string): readonly [from: number, to: number] {
  const digits = 2 * START_BYTES;
  return [Number.parseInt(hex.slice(0, digits), 16), Number.parseInt(hex.slice(digits), 16)];
}

function bytesOf(view: DataView<ArrayBuffer>): Uint8Array {
  return new Uint8Array(view.buffer);
}
