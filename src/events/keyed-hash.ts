import { sha256 } from "../platform/digest.ts";
import { Latest } from "../platform/remembered.ts";

const utf8 = new TextEncoder();

/** The HMAC-SHA256 of words; without a key their plain SHA-256. */
export function keyedHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  return hashText(JSON.stringify(words), key);
}

const RECURRING = { maxTexts: 5000, maxCharacters: 256 };
const known = new WeakMap<CryptoKey, Latest<Uint8Array>>();

/**
 * The same of words that come again and again, as agents, numbers and calls do: the isolate keeps the latest, with the
 * words as they are, in its memory alone.
 */
export async function recurringHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  const text = JSON.stringify(words);
  if (key === undefined) return hashText(text, key);
  const latest = known.get(key) ?? new Latest<Uint8Array>(RECURRING);
  known.set(key, latest);
  const there = latest.find(text);
  if (there !== undefined) return there.told;
  const hash = await hashText(text, key);
  latest.keep(text, hash);
  return hash;
}

async function hashText(text: string, key: CryptoKey | undefined): Promise<Uint8Array> {
  return key === undefined ? sha256(text) : new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(text)));
}
