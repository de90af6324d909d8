import type { IdKeys } from "../../events/identity.ts";
import type { Lookup } from "../../platform/lookup.ts";
import { deriveHmacKey } from "./derive-key.ts";

/** The keys of ids: derived from `RELAY_KEY`, and from `RELAY_KEY_PREVIOUS` while it is replaced. Ids are unkeyed without. */
export async function idKeysIn(lookup: Lookup): Promise<IdKeys> {
  const [root, before] = [lookup("RELAY_KEY"), lookup("RELAY_KEY_PREVIOUS")];
  const [current, previous] = await Promise.all([keyOf(root), keyOf(before === root ? undefined : before)]);
  return { current, previous };
}

async function keyOf(root: string | undefined): Promise<CryptoKey | undefined> {
  return root === undefined ? undefined : deriveHmacKey(root, "event-id");
}
