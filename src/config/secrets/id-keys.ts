import type { IdKeys } from "../../events/identity.ts";
import type { Lookup } from "../../platform/lookup.ts";
import { deriveHmacKey, type KeyUse } from "./derive-key.ts";

/** The keys of ids: derived from `RELAY_KEY`, and from `RELAY_KEY_PREVIOUS` while it is replaced. Ids are unkeyed without. */
export function idKeysIn(lookup: Lookup): Promise<IdKeys> {
  return keysIn(lookup, "event-id");
}

/** The keys of one use, of both roots. */
export async function keysIn(
  lookup: Lookup,
  use: KeyUse,
): Promise<{ readonly current: CryptoKey | undefined; readonly previous: CryptoKey | undefined }> {
  const [root, before] = [lookup("RELAY_KEY"), lookup("RELAY_KEY_PREVIOUS")];
  const keyOf = async (from: string | undefined) => (from === undefined ? undefined : deriveHmacKey(from, use));
  const [current, previous] = await Promise.all([keyOf(root), keyOf(before === root ? undefined : before)]);
  return { current, previous };
}
