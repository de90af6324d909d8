/** The charset that a content type names, as the WHATWG calls it; undefined when it names none that is known. */
export function charsetOf(contentType: string): string | undefined {
  const label = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1];
  if (label === undefined) return undefined;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** The text of bytes in a charset that is known; `damaged`: what did not fit it was replaced. */
export function decodeText(bytes: Uint8Array, charset: string): { readonly text: string; readonly damaged: boolean } {
  const text = decodeStrictly(bytes, charset);
  return text === undefined
    ? { text: new TextDecoder(charset, { fatal: false, ignoreBOM: true }).decode(bytes), damaged: true }
    : { text, damaged: false };
}

/** Making one costs more than a webhook's decoding. */
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of bytes in a charset; undefined when they are none of it. */
export function decodeStrictly(bytes: Uint8Array, charset: string): string | undefined {
  try {
    const decoder = charset === "utf-8" ? strictUtf8 : new TextDecoder(charset, { fatal: true, ignoreBOM: true });
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}
