import type { LiveKey } from "../../config/load-relay.ts";
import { digest, type KeyDigests } from "./key-digests.ts";

/**
 * The live key that was presented, if one was. Every live key is compared with every presented one, in constant time:
 * nothing can be learnt from how long it takes.
 */
export async function prove(
  presented: readonly string[],
  live: readonly LiveKey[],
  digests: KeyDigests,
): Promise<LiveKey | undefined> {
  if (presented.length === 0) return undefined;
  const offers = await Promise.all([...new Set(presented)].map(digest));
  let proved: LiveKey | undefined;
  for (const key of live) {
    const expected = digests.get(key) ?? (await digest(key.value));
    for (const offer of offers) {
      if (crypto.subtle.timingSafeEqual(offer, expected)) proved ??= key;
    }
  }
  return proved;
}
