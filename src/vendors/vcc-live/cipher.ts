/** The ciphers of `openssl_decrypt` that a Worker can undo, in lower case. */
export const ciphers = [
  "aes-128-cbc",
  "aes-192-cbc",
  "aes-256-cbc",
  "aes-128-ctr",
  "aes-192-ctr",
  "aes-256-ctr",
] as const;

export type Cipher = (typeof ciphers)[number];

/** The cipher of that name, in any case. */
export function readCipher(name: string): Cipher | undefined {
  return ciphers.find((cipher) => cipher === name.toLowerCase());
}

/** Why a cipher cannot be used, in words for the operator; undefined when it can. */
export function explainCipher(name: string): string | undefined {
  if (readCipher(name) !== undefined) return undefined;
  if (/(^|[^a-z])ecb\d*$/i.test(name)) {
    return "ECB is not offered by the WebCrypto of Workers and is unsafe: equal blocks stay equal; use aes-256-ctr.";
  }
  if (/(^|[^a-z])(gcm|ccm)([^a-z]|$)/i.test(name)) {
    return "GCM and CCM need a tag that VCC Live's request cannot carry, so nothing would ever decrypt; use aes-256-ctr.";
  }
  return `Only AES-CBC and AES-CTR can be undone in a Worker: ${ciphers.join(", ")}.`;
}
