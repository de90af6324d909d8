import { toHex } from "../../platform/text/hex.ts";
import { recurringHash } from "../keyed-hash.ts";
import { foldTrait, type Trait } from "./trait.ts";

/** Keys of marks, each an HMAC's; without one the hashes are plain. What `previous` marked is found while it is replaced. */
export interface MarkKeys {
  readonly current: CryptoKey | undefined;
  readonly previous?: CryptoKey | undefined;
}

/**
 * Four bytes in hex that tell whether an event may have a trait, and to nobody without the key which. Only the first has
 * its highest bit set, so that in a row of marks none is found where two others meet.
 */
export type Mark = string;

const MARK_BYTES = 4;
/** Digits of hex that a mark has. */
export const MARK_DIGITS = 2 * MARK_BYTES;
const HIGHEST_BIT = 0x80;
/** More of one event are not kept: the recipients of a letter to all. */
const MAX_MARKS = 512;

/** The mark of a trait. All ids are marked alike: who looks for `41` need not know whose id that is. */
export async function markOf(trait: Trait, key: CryptoKey | undefined): Promise<Mark> {
  const kind = trait.kind === "phone" || trait.kind === "email" ? trait.kind : "id";
  return toMark(await recurringHash([kind, foldTrait(trait)], key));
}

/** The marks of traits, each once, in order. */
export async function marksOf(traits: readonly Trait[], key: CryptoKey | undefined): Promise<Mark[]> {
  return [...new Set(await Promise.all(traits.map((trait) => markOf(trait, key))))].slice(0, MAX_MARKS);
}

/** The marks of an event as its row has them: the version of their key before them; empty where there are none. */
export async function stampOf(traits: readonly Trait[], key: CryptoKey | undefined): Promise<string> {
  const marks = await marksOf(traits, key);
  return marks.length === 0 ? "" : [await keyVersion(key), ...marks].join("");
}

/** What tells the marks of one key from those of another. */
export async function keyVersion(key: CryptoKey | undefined): Promise<Mark> {
  return toMark(await recurringHash(["version"], key));
}

function toMark(hash: Uint8Array): Mark {
  const bytes = hash.subarray(0, MARK_BYTES).map((byte, position) => {
    return position === 0 ? byte | HIGHEST_BIT : byte & ~HIGHEST_BIT;
  });
  return toHex(bytes);
}
