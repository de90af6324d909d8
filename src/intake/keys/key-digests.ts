import type { LiveKey, Source } from "../../config/load-relay.ts";
import { decoy } from "./decoy.ts";

/** SHA-256 of every live key of a configuration. */
export type KeyDigests = ReadonlyMap<LiveKey, ArrayBuffer>;

const known = new WeakMap<ReadonlyMap<string, Source>, KeyDigests>();

/**
 * The digests of a configuration's keys, made once for it: of all sources together, and of none, so that no first request
 * tells by its time whether there is such a source. Requests that come at once each make their own, for a promise of
 * another request may never be kept.
 */
export async function keyDigestsOf(sources: ReadonlyMap<string, Source>): Promise<KeyDigests> {
  const there = known.get(sources);
  if (there !== undefined) return there;
  const keys = [decoy, ...sources.values()].flatMap((source) => source.keys);
  const digests = new Map(await Promise.all(keys.map(async (key) => [key, await digest(key.value)] as const)));
  known.set(sources, digests);
  return digests;
}

const encoder = new TextEncoder();

/** Digests have one length, as `timingSafeEqual` demands. */
export function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", encoder.encode(text));
}
