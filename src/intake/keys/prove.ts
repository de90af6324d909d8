import type { LiveKey } from "../../config/load-relay.ts";
import { type EvenKeys, toEvenLength } from "./even-length.ts";

/**
 * The live key that was presented, if one was; of several the first of the source. Every live key is compared with every
 * presented one, in constant time: nothing can be learnt from how long it takes.
 */
export async function prove(
  presented: readonly string[],
  live: readonly LiveKey[],
  even: EvenKeys,
): Promise<LiveKey | undefined> {
  const offers: Uint8Array[] = [];
  for (const text of new Set(presented)) {
    const made = toEvenLength(text);
    offers.push(made instanceof Uint8Array ? made : await made);
  }
  let proved: LiveKey | undefined;
  for (const key of live) {
    const expected = even.get(key) ?? (await toEvenLength(key.value));
    for (const offer of offers) {
      if (crypto.subtle.timingSafeEqual(offer, expected)) proved ??= key;
    }
  }
  return proved;
}
