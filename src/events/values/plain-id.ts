import { trimBlanks } from "../../platform/text/trim.ts";

/** No id and no user name is longer. */
const MAX_CHARACTERS = 256;
const NUMBER = /^[0-9]+$/;
const WORD = /^[\p{L}_][\p{L}\p{M}\p{N}_.:@/-]*$/u;
/** What programs print for something that is no id. */
const NO_IDS = new Set("true false yes no on off null nil none undefined nan infinity array object".split(" "));
/** Not to be seen, or put where a character was that could not be decoded. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\uFFFD]/u;
/** They belong to the spelling of some scripts. */
const JOINERS = /[\u200C\u200D]/g;

/** Whether a text is an id as vendors give them: a number in plain digits, or a word. */
export function isPlainId(text: string): boolean {
  const trimmed = trimBlanks(text);
  if (trimmed.length > MAX_CHARACTERS) return false;
  const plain = trimmed.normalize("NFKC");
  return NUMBER.test(plain) || (WORD.test(plain) && !NO_IDS.has(plain.toLowerCase()));
}

/** Whether a text is a user name that can be read for certain. */
export function isPlainName(text: string): boolean {
  const trimmed = trimBlanks(text);
  return trimmed !== "" && trimmed.length <= MAX_CHARACTERS && !HIDDEN.test(trimmed.replace(JOINERS, ""));
}
