import type { MarkKeys } from "../../events/marks/mark.ts";
import type { Lookup } from "../../platform/lookup.ts";
import { keysIn } from "./id-keys.ts";

/** The keys of marks: derived from `RELAY_KEY`, and from `RELAY_KEY_PREVIOUS` while it is replaced. Marks are unkeyed without. */
export function markKeysIn(lookup: Lookup): Promise<MarkKeys> {
  return keysIn(lookup, "mark");
}
