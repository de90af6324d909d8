import { trimBlanks } from "../platform/text/trim.ts";
import type { RuleSection } from "./rules.ts";

/** Most ids: nothing of them changes. */
const PLAIN_ID = /^[1-9][0-9]*$/;
const DIGITS = /^[0-9]+$/;
const PLAIN_NAME = /^[a-z0-9_.-]*$/;
/** What nobody sees in a text, and may stand anywhere in it: joiners, variation selectors, marks of direction. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * Two ids of agents, groups or projects are the same if this makes one text of them: `41`, `041`, ` 41 ` and full-width
 * digits are one.
 */
export function sameId(text: string): string {
  if (PLAIN_ID.test(text)) return text;
  const plain = trimBlanks(composed(text));
  return DIGITS.test(plain) ? plain.replace(/^0+(?=[0-9])/, "") : plain;
}

/** A user name as it is shown: in lower case, trimmed, in one Unicode form. */
export function showName(text: string): string {
  if (PLAIN_NAME.test(text)) return text;
  // A compatibility form may hide a capital, and a letter in lower case may be composed anew (RFC 8265, 3.3.3 and 3.4.3).
  return trimBlanks(composed(text).toLowerCase().normalize("NFKC"));
}

/**
 * Two user names are the same if this makes one text of them. Of the letters whose lower case depends on where they
 * stand or who writes, both forms count as one: the final sigma, and the `i` that keeps the dot of a Turkish capital.
 */
export function sameName(text: string): string {
  if (PLAIN_NAME.test(text)) return text;
  return showName(text)
    .replaceAll("ς", "σ")
    .replace(/i\u0307+/g, "i")
    .normalize("NFKC");
}

/** A text in one Unicode form, without what nobody sees. */
function composed(text: string): string {
  return text.normalize("NFKC").replace(UNSEEN, "").normalize("NFKC");
}

/** What tells whether two ids of one section of a map are the same. */
export function sameIn(section: RuleSection): (id: string) => string {
  return section === "usernames" ? sameName : sameId;
}
