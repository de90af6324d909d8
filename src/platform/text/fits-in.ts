/** Of one unit of UTF-16 UTF-8 makes three bytes at most. */
export const MAX_BYTES_OF_A_UNIT = 3;

/** Whether a text has no more bytes than that in UTF-8; counted only where it may have. */
export function fitsIn(text: string, bytes: number): boolean {
  if (text.length * MAX_BYTES_OF_A_UNIT <= bytes) return true;
  return new TextEncoder().encode(text).byteLength <= bytes;
}
