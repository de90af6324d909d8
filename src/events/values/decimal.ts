/** A JSON number: sign, digits, fraction, exponent. Every part is anchored by what stands before it. */
const NUMBER = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;
/** No exponent that means anything has more digits. */
const MAX_EXPONENT_DIGITS = 15;

/**
 * One spelling for all spellings of a number: `1.50`, `1.5` and `15e-1` are the same, 9007199254740993 and …992 are not.
 * Undefined for a text that is no JSON number. Reckons with the digits, never with a double.
 */
export function canonicalDecimal(text: string): string | undefined {
  const [, sign, whole, fraction = "", exponent = "0"] = NUMBER.exec(text) ?? [];
  if (sign === undefined || whole === undefined) return undefined;
  const digits = `${whole}${fraction}`;
  const first = skipZeros(digits, 0, 1);
  if (first === digits.length) return "0";
  const last = skipZeros(digits, digits.length - 1, -1);
  const power = digits.length - 1 - last - fraction.length;
  return `${sign}${digits.slice(first, last + 1)}e${addTo(exponent, power)}`;
}

/** The place of the next digit that is no zero. */
function skipZeros(digits: string, from: number, step: 1 | -1): number {
  let at = from;
  while (digits[at] === "0") at += step;
  return at;
}

/** An exponent that is too long to reckon with stays as it is: nothing else is equal to it. */
function addTo(exponent: string, power: number): string {
  const digits = exponent.replace(/^[+-]/, "");
  const significant = digits.slice(skipZeros(digits, 0, 1));
  return significant.length > MAX_EXPONENT_DIGITS ? `${exponent}+${power}` : String(Number(exponent) + power);
}
