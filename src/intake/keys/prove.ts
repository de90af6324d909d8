import type { LiveKey } from "../../config/load-relay.ts";

/**
 * The live key that was presented, if one was. Every live key is compared with every presented one, in constant time:
 * nothing can be learnt from how long it takes.
 */
export async function prove(presented: readonly string[], live: readonly LiveKey[]): Promise<LiveKey | undefined> {
  const offers = await Promise.all(presented.map(digest));
  const keys = await Promise.all(live.map(async (key) => ({ key, digest: await digest(key.value) })));
  const matches = keys.flatMap(({ key, digest: expected }) =>
    offers.map((offer) => ({ key, equal: crypto.subtle.timingSafeEqual(offer, expected) })),
  );
  return matches.filter(({ equal }) => equal).map(({ key }) => key)[0];
}

/** Digests have one length, as `timingSafeEqual` demands. */
function digest(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}
