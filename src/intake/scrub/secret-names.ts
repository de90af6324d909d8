/** Names that are secret wherever they stand. */
const SECRET = ["password", "passwd", "pwd", "secret", "cvv", "cvc"];
/** What a name is inside a payment. */
const TOKEN = "token";

/** A name for comparing: without case, blanks, `_` and `-`. */
export function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, "") || name;
}

/** A folded name without the number at its end: `cvv2`. */
export function unnumbered(folded: string): string {
  let end = folded.length;
  while (end > 0 && isDigit(folded.charCodeAt(end - 1))) end--;
  return folded.slice(0, end);
}

/** A member is secret altogether, or unless it only says whether there is a secret. */
export type Secrecy = "whole" | "ending";

/** How an unnumbered name is secret: by itself, or by what it ends with (`card_cvv`, `newPassword`); undefined when it is not. */
export function secrecyOf(word: string, inPayment: boolean): Secrecy | undefined {
  const names = inPayment ? [...SECRET, TOKEN] : SECRET;
  if (names.includes(word)) return "whole";
  return names.some((name) => word.endsWith(name)) ? "ending" : undefined;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
