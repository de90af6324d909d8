/** Neither control characters nor noncharacters may stand in a string of CloudEvents 1.0, nor half surrogate pairs. */
const FORBIDDEN = /[\p{Cc}\p{Noncharacter_Code_Point}]/gu;

/** A text as an attribute of the envelope: what may not stand there is percent-encoded, half a pair becomes U+FFFD. */
export function writeAttribute(text: string): string {
  return text.toWellFormed().replace(FORBIDDEN, (character) => encodeURIComponent(character));
}
