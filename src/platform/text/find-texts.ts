/** Where a text was found: from its first position to the one after its last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** No shorter text is looked for. */
export const MIN_FOUND = 8;
const BLOCK = 3;
/** A power of two. */
const SLOTS = 4096;

/**
 * Finds many texts at once, in one pass whose steps do not depend on how many they are (Wu and Manber, 1994): of each
 * text the first eight characters are noted by blocks of three; where the block at hand is in none of them, the search
 * goes on as far as none of them can lie.
 */
export function finderOf(texts: readonly string[]): (text: string) => Range[] {
  const wanted = [...new Set(texts)].filter((text) => text.length >= MIN_FOUND);
  const shifts = new Uint8Array(SLOTS).fill(MIN_FOUND - BLOCK + 1);
  const ending = new Map<number, string[]>();
  for (const text of wanted) {
    for (let end = BLOCK; end <= MIN_FOUND; end++) {
      const slot = slotAt(text, end);
      shifts[slot] = Math.min(shifts[slot] ?? 0, MIN_FOUND - end);
    }
    const last = slotAt(text, MIN_FOUND);
    ending.set(last, [...(ending.get(last) ?? []), text]);
  }
  return wanted.length === 0 ? () => [] : (text) => find(text, shifts, ending);
}

function find(text: string, shifts: Uint8Array, ending: ReadonlyMap<number, readonly string[]>): Range[] {
  const found: Range[] = [];
  let end = MIN_FOUND;
  while (end <= text.length) {
    const slot = slotAt(text, end);
    const shift = shifts[slot] ?? 1;
    if (shift === 0) {
      const from = end - MIN_FOUND;
      const here = ending.get(slot)?.filter((one) => text.startsWith(one, from)) ?? [];
      found.push(...here.map((one) => ({ from, to: from + one.length })));
    }
    end += Math.max(shift, 1);
  }
  return found;
}

/** The slot of the three characters before a position. */
function slotAt(text: string, end: number): number {
  return (text.charCodeAt(end - 3) * 961 + text.charCodeAt(end - 2) * 31 + text.charCodeAt(end - 1)) & (SLOTS - 1);
}
