import { spellingsOf } from "../../config/secrets/signing-key.ts";
import { cutOut, findEscaped, toMeant } from "../../platform/text/find-escaped.ts";
import { finderOf, MIN_FOUND, type Range } from "../../platform/text/find-texts.ts";
import { SCRUBBED } from "../../vendors/vendor.ts";

/** The keys that are live, and must not be stored. */
export interface LiveKeys {
  /** Whether a text is a key. */
  readonly has: (text: string) => boolean;
  /** Whether a text is a key or has one in it. */
  readonly isIn: (text: string) => boolean;
  /** A text without the keys of eight characters and more that stand in it, also escaped as in URLs or in JSON. */
  readonly blank: (text: string) => string;
}

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
  const bare = [...secrets].flatMap(spellingsOf).filter((key) => key.length >= MIN_FOUND);
  const keys = new Set([...secrets, ...bare].filter((key) => key !== ""));
  // The key as a form reads it whose `+` nobody escaped.
  const read = [...keys].map((key) => key.replaceAll("+", " "));
  const find = finderOf([...keys, ...read]);
  const findMeant = finderOf([...keys].map(toMeant));
  const hasBlank = read.some((key) => key.includes(" "));

  function rangesIn(text: string): readonly Range[] {
    if (text.length < MIN_FOUND) return [];
    const found = find(text);
    const escaped = findEscaped(text, findMeant, hasBlank);
    return escaped.length === 0 ? found : [...found, ...escaped];
  }

  return {
    has: (text) => keys.has(text),
    isIn: (text) => keys.has(text) || rangesIn(text).length > 0,
    blank: (text) => cutOut(text, rangesIn(text), SCRUBBED),
  };
}
