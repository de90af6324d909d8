export type Bytes = Uint8Array<ArrayBuffer>;

/** Base64 or base64url, padded or not (RFC 4648, 4 and 5); undefined when it is neither, or empty. */
export function fromBase64(text: string): Bytes | undefined {
  const letters = text.trim().replaceAll("-", "+").replaceAll("_", "/");
  try {
    const bytes = Uint8Array.from(atob(withoutPadding(letters)), (letter) => letter.charCodeAt(0));
    return bytes.length === 0 ? undefined : bytes;
  } catch {
    return undefined;
  }
}

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}

/** Padding of any length that padding has; anything else is left for the decoder to refuse. */
function withoutPadding(letters: string): string {
  const end = letters.indexOf("=");
  return ["=", "=="].includes(letters.slice(end)) ? letters.slice(0, end) : letters;
}
