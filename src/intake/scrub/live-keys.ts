import { SCRUBBED } from "../../vendors/vendor.ts";
import { hasEscapes, toBytes, traceBack, unescapeOnce } from "./escapes.ts";
import { finderOf, MIN_FOUND, type Range } from "./find-texts.ts";

/** The keys that are live, and must not be stored. */
export interface LiveKeys {
  /** Whether a text is a key. */
  readonly has: (text: string) => boolean;
  /** Whether a text is a key or has one in it. */
  readonly isIn: (text: string) => boolean;
  /** A text without the keys of eight characters and more that stand in it, also escaped as in URLs or in JSON. */
  readonly blank: (text: string) => string;
}

/** A URL in a URL in a URL. */
const MAX_LAYERS = 4;
/** What a signing secret may begin with; the rest of it is as secret. */
const SCHEME = /^(v1,)?(whsec_|whsk_)/;

const known = new WeakMap<ReadonlySet<string>, LiveKeys>();

/** Prepares the search for the secrets of a configuration, once. */
export function liveKeysOf(secrets: ReadonlySet<string>): LiveKeys {
  const there = known.get(secrets);
  if (there !== undefined) return there;
  const prepared = prepare(secrets);
  known.set(secrets, prepared);
  return prepared;
}

function prepare(secrets: ReadonlySet<string>): LiveKeys {
  const bare = [...secrets].map((secret) => secret.replace(SCHEME, "")).filter((key) => key.length >= MIN_FOUND);
  const keys = new Set([...secrets, ...bare].filter((key) => key !== ""));
  // As a form reads a key whose `+` nobody escaped.
  const read = [...keys].map((key) => key.replaceAll("+", " "));
  const find = finderOf([...keys, ...read]);
  const findMeant = finderOf(read.map(toBytes));
  const hasBlank = [...keys].some((key) => /[ +]/.test(key));
  const hasPlus = (text: string) => hasBlank && text.includes("+");

  function rangesIn(text: string): Range[] {
    if (text.length < MIN_FOUND) return [];
    const ranges = [find(text)];
    let meant = text;
    for (let layer = 1; layer <= MAX_LAYERS && (hasEscapes(meant) || (layer === 1 && hasPlus(text))); layer++) {
      meant = unescapeOnce(layer === 1 ? toBytes(text) : meant);
      const found = findMeant(meant);
      if (found.length === 0) continue;
      const back = traceBack(text, layer);
      ranges.push(found.map(({ from, to }) => ({ from: back(from), to: back(to) })));
    }
    return ranges.flat();
  }

  return {
    has: (text) => keys.has(text),
    isIn: (text) => keys.has(text) || rangesIn(text).length > 0,
    blank: (text) => cutOut(text, rangesIn(text)),
  };
}

/** Ranges that meet are one. */
function cutOut(text: string, ranges: readonly Range[]): string {
  let left = "";
  let at = 0;
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from >= at) left += text.slice(at, from) + SCRUBBED;
    at = Math.max(at, to);
  }
  return left + text.slice(at);
}
