import type { Bytes } from "../../platform/text/base64.ts";

export { type Bytes, fromBase64 } from "../../platform/text/base64.ts";

/** Hexadecimal digits in either case; undefined when they are none. */
export function fromHex(text: string): Bytes | undefined {
  if (!/^([0-9a-f]{2})+$/i.test(text)) return undefined;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** The bytes of a text. */
export function utf8(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}
