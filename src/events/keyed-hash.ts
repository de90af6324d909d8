import { sha256 } from "../platform/digest.ts";

const utf8 = new TextEncoder();

/** The HMAC-SHA256 of words; without a key their plain SHA-256. */
export function keyedHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  return hashText(JSON.stringify(words), key);
}

/** So many texts of a key, up to so many characters, make a generation; two are kept. */
const GENERATION = 2500;
const MAX_CHARACTERS = 256;

interface Kept {
  latest: Map<string, Uint8Array>;
  before: ReadonlyMap<string, Uint8Array>;
}

const known = new WeakMap<CryptoKey, Kept>();

/**
 * The same of words that come again and again, as agents, numbers and calls do: the isolate keeps the latest, with the
 * words as they are, in its memory alone.
 */
export async function recurringHash(words: readonly string[], key: CryptoKey | undefined): Promise<Uint8Array> {
  const text = JSON.stringify(words);
  if (key === undefined || text.length > MAX_CHARACTERS) return hashText(text, key);
  const there = known.get(key)?.latest.get(text);
  if (there !== undefined) return there;
  const hash = known.get(key)?.before.get(text) ?? (await hashText(text, key));
  keep(key, text, hash);
  return hash;
}

function keep(key: CryptoKey, text: string, hash: Uint8Array): void {
  const kept = known.get(key) ?? { latest: new Map(), before: new Map() };
  if (kept.latest.size >= GENERATION) {
    kept.before = kept.latest;
    kept.latest = new Map();
  }
  kept.latest.set(text, hash);
  known.set(key, kept);
}

async function hashText(text: string, key: CryptoKey | undefined): Promise<Uint8Array> {
  return key === undefined ? sha256(text) : new Uint8Array(await crypto.subtle.sign("HMAC", key, utf8.encode(text)));
}
