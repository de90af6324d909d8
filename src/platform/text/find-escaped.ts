import { hasEscapes, toBytes, traceBack, unescapeOnce } from "./escapes.ts";
import type { Range } from "./find-texts.ts";

/** A URL in a URL in a URL. */
const MAX_LAYERS = 4;

/** A text as it is looked for behind escapes: its bytes, every `+` a blank, as a form reads it. */
export function toMeant(text: string): string {
  return toBytes(text.replaceAll("+", " "));
}

/**
 * Where texts stand in another behind escapes, alone or mixed, up to four layers of them. Ranges are of the text as it is.
 * @param find looks through the bytes that are meant, for what `toMeant` makes of each text
 * @param hasBlank whether one of them has a blank or a `+`, so that a `+` counts as an escape
 */
export function findEscaped(text: string, find: (meant: string) => readonly Range[], hasBlank: boolean): Range[] {
  const ranges: Range[][] = [];
  const isPlus = hasBlank && text.includes("+");
  let meant = text;
  for (let layer = 1; layer <= MAX_LAYERS && (hasEscapes(meant) || (layer === 1 && isPlus)); layer++) {
    meant = unescapeOnce(layer === 1 ? toBytes(text) : meant);
    const found = find(meant);
    if (found.length === 0) continue;
    const back = traceBack(text, layer);
    ranges.push(found.map(({ from, to }) => ({ from: back(from), to: back(to) })));
  }
  return ranges.flat();
}

/** A text with a mark in place of each range; ranges that overlap are one. */
export function cutOut(text: string, ranges: readonly Range[], mark: string): string {
  if (ranges.length === 0) return text;
  let left = "";
  let at = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from >= at) left += text.slice(at, from) + mark;
    at = Math.max(at, to);
  }
  return left + text.slice(at);
}
