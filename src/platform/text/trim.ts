/** Unicode's white space; U+0085 is in it and not in JavaScript's own list. */
const BLANK = /[\s\u0085]/;

/** A text without the white space at its ends. One step for each character, whatever the text. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.test(text.charAt(start))) start++;
  while (end > start && BLANK.test(text.charAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
