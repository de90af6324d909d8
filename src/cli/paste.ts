import { explainLength, type Paste, type Pasted, pasteFor } from "../config/paste.ts";
import { Refusal } from "./refusal.ts";

/**
 * The URL of a source and kind, its key in it where the vendor allows that; refused where the vendor does not take it.
 * @param key the key, or a placeholder for it
 */
export function pasteUrl(base: string, id: string, source: Pasted, kind: string | undefined, key: string): Paste {
  const paste = pasteFor(base, id, source, kind, key);
  const message = explainLength(paste.url, source);
  if (message !== undefined) throw new Refusal(message);
  return paste;
}
