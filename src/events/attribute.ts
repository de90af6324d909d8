import { sha256 } from "../platform/digest.ts";
import { base32 } from "./base32.ts";

/** Neither control characters nor noncharacters may stand in a string of CloudEvents 1.0, nor half surrogate pairs. */
const FORBIDDEN = /[\p{Cc}\p{Noncharacter_Code_Point}]/gu;
/** Characters of UTF-16; a header or a row has room for it. */
export const MAX_ATTRIBUTE_CHARACTERS = 512;
/** 130 bits. */
const HASH_CHARACTERS = 26;
const HALF_A_PAIR = /[\uD800-\uDBFF]$/;

/**
 * A text as an attribute of the envelope: what may not stand there is percent-encoded, half a pair becomes U+FFFD, and
 * what is longer than MAX_ATTRIBUTE_CHARACTERS is cut and ends in a hash of the whole. An attribute stays as it is.
 */
export async function toAttribute(text: string): Promise<string> {
  const written = text.toWellFormed().replace(FORBIDDEN, (character) => encodeURIComponent(character));
  if (written.length <= MAX_ATTRIBUTE_CHARACTERS) return written;
  const hash = base32(await sha256(written)).slice(0, HASH_CHARACTERS);
  const beginning = written.slice(0, MAX_ATTRIBUTE_CHARACTERS - HASH_CHARACTERS - 1).replace(HALF_A_PAIR, "");
  return `${beginning}~${hash}`;
}
