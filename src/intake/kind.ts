import type { Vendor } from "../vendors/vendor.ts";

const MAX_KIND = 128;

/**
 * The kind that stands in the URL, aliases resolved; undefined when none does. One that the vendor does not know is
 * passed on, unless somebody put a key in its place.
 */
export function readKind(
  segment: string | undefined,
  { aliases = {} }: Vendor,
  secrets: ReadonlySet<string>,
): string | undefined {
  if (segment === undefined || segment === "" || secrets.has(segment)) return undefined;
  const kind = segment.slice(0, MAX_KIND);
  return Object.hasOwn(aliases, kind) ? aliases[kind] : kind;
}

/** Why a kind cannot be served, in words; undefined when it can. */
export function explainKind(kind: string | undefined, { refused = {} }: Vendor): string | undefined {
  return kind !== undefined && Object.hasOwn(refused, kind) ? refused[kind] : undefined;
}
