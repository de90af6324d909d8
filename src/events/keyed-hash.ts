const utf8 = new TextEncoder();

/** The HMAC-SHA256 of words; without a key their plain SHA-256. */
export function keyedHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  return hashText(JSON.stringify(words), key);
}

/** So many are kept for a key, of texts up to that many characters; with one more it begins anew. */
const MAX_KNOWN = 5000;
const MAX_CHARACTERS = 256;
const known = new WeakMap<CryptoKey, Map<string, Uint8Array>>();

/** The same of words that come again and again, as agents, numbers and calls do: the isolate keeps the latest. */
export async function recurringHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  const text = JSON.stringify(words);
  if (key === undefined || text.length > MAX_CHARACTERS) return hashText(text, key);
  const ofKey = known.get(key) ?? new Map<string, Uint8Array>();
  known.set(key, ofKey);
  const there = ofKey.get(text);
  if (there !== undefined) return there;
  const hash = await hashText(text, key);
  if (ofKey.size >= MAX_KNOWN) ofKey.clear();
  ofKey.set(text, hash);
  return hash;
}

async function hashText(text: string, key: CryptoKey | undefined): Promise<Uint8Array> {
  const bytes = utf8.encode(text);
  return new Uint8Array(
    await (key === undefined ? crypto.subtle.digest("SHA-256", bytes) : crypto.subtle.sign("HMAC", key, bytes)),
  );
}
