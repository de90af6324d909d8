import type { Vendor } from "../vendors/vendor.ts";
import type { LiveKeys } from "./scrub/live-keys.ts";

/** Characters. */
const MAX_KIND_CHARACTERS = 128;
/** What no word has and no terminal should see: controls, marks of direction, line and paragraph separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The kind that stands in the URL, aliases resolved; undefined when none does. One that the vendor does not know is
 * passed on, cut to size and without what cannot be seen, unless somebody put a key in its place.
 */
export function readKind(written: string, vendor: Vendor, liveKeys: LiveKeys): string | undefined {
  if (vendor.kinds.includes(written) && !liveKeys.isIn(written)) return written;
  const { aliases = {} } = vendor;
  const seen = written.replace(UNSEEN, "").trim();
  if (seen === "" || liveKeys.isIn(seen)) return undefined;
  const kind = [...seen].slice(0, MAX_KIND_CHARACTERS).join("");
  return Object.hasOwn(aliases, kind) ? aliases[kind] : kind;
}

/** The kind of that name, if the vendor has it, served or not; aliases resolved. */
export function knownKind(written: string | undefined, vendor: Vendor): string | undefined {
  const { kinds, aliases = {}, refused = {} } = vendor;
  if (written === undefined) return undefined;
  if (Object.hasOwn(aliases, written)) return aliases[written];
  return kinds.includes(written) || Object.hasOwn(refused, written) ? written : undefined;
}

/** Why a kind cannot be served, in words; undefined when it can. */
export function explainKind(kind: string | undefined, { refused = {} }: Vendor): string | undefined {
  return kind !== undefined && Object.hasOwn(refused, kind) ? refused[kind] : undefined;
}
