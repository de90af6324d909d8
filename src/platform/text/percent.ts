const PERCENT = 0x25;
const PLUS = 0x2b;
const BLANK = 0x20;

/** The value of a hexadecimal digit; -1 when the code is none. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

/**
 * Undoes percent escapes, in one pass over the bytes: what an escape stands for is a byte, and only a charset makes
 * text of bytes. A `%` without two digits stays as it is. `plus`: a `+` stands for a blank, as in forms and queries.
 */
export function decodePercent(bytes: Uint8Array, plus: boolean): Uint8Array {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const high = byte === PERCENT ? hexDigit(bytes[at + 1] ?? 0) : -1;
    const low = high < 0 ? -1 : hexDigit(bytes[at + 2] ?? 0);
    if (low >= 0) {
      decoded[length++] = high * 16 + low;
      at += 2;
    } else {
      decoded[length++] = plus && byte === PLUS ? BLANK : byte;
    }
  }
  return decoded.subarray(0, length);
}
