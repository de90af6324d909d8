import { mendWord } from "../platform/text/mend-word.ts";
import { sameName } from "./same.ts";

/** Two names share at least so much of what they consist of, from 0 to 1. */
const MIN_LIKENESS = 0.45;
const MAX_NEAR = 5;
/** Compared are the beginnings of longer ones; characters. */
const MAX_COMPARED = 64;

/**
 * The names that somebody may have meant, the nearest first: those that share many pairs of neighbouring letters (the
 * coefficient of Dice), whatever was left out, added or swapped. For names of people, of whom several may be meant; a word
 * of the relay's own is mended by `mendWord`.
 */
export function similarNames(wanted: string, names: Iterable<string>): string[] {
  const pairs = pairsOf(sameName(wanted));
  const rated = [...new Set(names)].map((name) => ({ name, likeness: likenessOf(pairs, pairsOf(sameName(name))) }));
  return rated
    .filter(({ name, likeness }) => likeness >= MIN_LIKENESS || isMistyped(wanted, name))
    .sort((one, other) => other.likeness - one.likeness || (one.name < other.name ? -1 : 1))
    .slice(0, MAX_NEAR)
    .map(({ name }) => name);
}

/** Of a short name one slip of the finger leaves few pairs as they were: `nroa` shares two of five with `nora`. */
function isMistyped(wanted: string, name: string): boolean {
  return mendWord(sameName(wanted), [sameName(name)]) !== undefined;
}

/** Where a name begins and ends counts, too. */
function pairsOf(name: string): string[] {
  const letters = ["^", ...name.slice(0, MAX_COMPARED), "$"];
  return letters.slice(1).map((letter, before) => `${letters[before]}${letter}`);
}

function likenessOf(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const pair of one) left.set(pair, (left.get(pair) ?? 0) + 1);
  let shared = 0;
  for (const pair of other) {
    const times = left.get(pair) ?? 0;
    if (times === 0) continue;
    left.set(pair, times - 1);
    shared += 1;
  }
  return (2 * shared) / (one.length + other.length);
}
