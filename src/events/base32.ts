const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** Bytes in letters and digits, five bits each, without the letters that look like others; a rest of less is left out. */
export function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS.charAt((held >> (bits - 5)) & 31);
  }
  return text;
}
