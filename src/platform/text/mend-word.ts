/** A longer text is no mistyped name; characters. */
const MAX_CHARACTERS = 100;
/** Of more names than that, the first ones are compared. */
const MAX_NAMES = 2000;
/** So many characters of a name, and nobody means another one. */
const MIN_BEGINNING = 3;

/**
 * The word of a closed list that somebody mistyped: one that differs in few letters, else the only one that begins so;
 * undefined when none does.
 */
export function mendWord(written: string, names: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  if (wanted === "" || wanted.length > MAX_CHARACTERS) return undefined;
  const known = [...names].slice(0, MAX_NAMES).filter((name) => name.length <= MAX_CHARACTERS);
  const usual = Math.min(wanted.length - 1, Math.max(1, Math.floor(wanted.length / 3)));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const most = best === undefined ? usual : best.distance - 1;
    const distance = countEdits(wanted, name.toLowerCase(), most);
    if (distance !== undefined) best = { name, distance };
  }
  return best?.name ?? onlyBeginning(wanted, known);
}

function onlyBeginning(wanted: string, names: readonly string[]): string | undefined {
  const found = wanted.length < MIN_BEGINNING ? [] : names.filter((name) => name.toLowerCase().startsWith(wanted));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * How many letters have to be put in, left out, replaced or swapped with their neighbour (optimal string alignment);
 * undefined when it is more than `most`. Only what lies so near to the diagonal is looked at: documents with thousands of
 * words are compared with as many.
 */
function countEdits(from: string, to: string, most: number): number | undefined {
  if (Math.abs(from.length - to.length) > most) return undefined;
  const far = most + 1;
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  let spare: number[] = [];
  for (let i = 1; i <= from.length; i++) {
    const next = spare;
    const [start, end] = [Math.max(1, i - most), Math.min(to.length, i + most)];
    next[start - 1] = start === 1 ? i : far;
    let least = next[start - 1] ?? far;
    for (let j = start; j <= end; j++) {
      let edits = (row[j - 1] ?? far) + (from[i - 1] === to[j - 1] ? 0 : 1);
      edits = Math.min(edits, (row[j] ?? far) + 1, (next[j - 1] ?? far) + 1);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) edits = Math.min(edits, (before[j - 2] ?? far) + 1);
      next[j] = edits;
      least = Math.min(least, edits);
    }
    if (end < to.length) next[end + 1] = far;
    if (least > most) return undefined;
    [before, row, spare] = [row, next, before];
  }
  const edits = row[to.length] ?? far;
  return edits <= most ? edits : undefined;
}
