import type { LiveKey, Source } from "../../config/load-relay.ts";
import { sha256 } from "../../platform/digest.ts";
import { decoy } from "./decoy.ts";

/** Texts that are to be compared all have this length, as `timingSafeEqual` demands; a longer one stands as its digest. */
const EVEN_BYTES = 256;
/** In the last byte stands how long a text is, so that none is another with something behind it; 0 behind a digest. */
const LENGTH_AT = EVEN_BYTES - 1;

/** Every live key of a configuration, at an even length. */
export type EvenKeys = ReadonlyMap<LiveKey, Uint8Array>;

const known = new WeakMap<ReadonlyMap<string, Source>, EvenKeys>();

/**
 * The keys of a configuration, made even once for it: of all sources together, and of none, so that no first request
 * tells by its time whether there is such a source. Requests that come at once each make their own, for a promise of
 * another request may never be kept.
 */
export function evenKeysOf(sources: ReadonlyMap<string, Source>): EvenKeys | Promise<EvenKeys> {
  return known.get(sources) ?? makeEven(sources);
}

async function makeEven(sources: ReadonlyMap<string, Source>): Promise<EvenKeys> {
  const keys = [decoy, ...sources.values()].flatMap((source) => source.keys);
  const even = new Map(await Promise.all(keys.map(async (key) => [key, await toEvenLength(key.value)] as const)));
  known.set(sources, even);
  return even;
}

const encoder = new TextEncoder();

/** A text at the length that all have: equal if and only if the texts are, whatever their lengths. A digest takes a promise. */
export function toEvenLength(text: string): Uint8Array | Promise<Uint8Array> {
  const bytes = new Uint8Array(EVEN_BYTES);
  const { read, written } = encoder.encodeInto(text, bytes);
  if (read < text.length || written > LENGTH_AT) return digest(text);
  bytes[LENGTH_AT] = written;
  return bytes;
}

async function digest(text: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(EVEN_BYTES);
  bytes.set(await sha256(text));
  return bytes;
}
