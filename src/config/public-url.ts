import { isAbsoluteUrl } from "../platform/absolute-url.ts";
import type { Lookup } from "../platform/lookup.ts";

/** Where the relay is reached on the machine that it is developed on. */
const LOCAL = "http://localhost:8787";

/**
 * Where this relay is reached from outside: `PUBLIC_URL` if it is an absolute http(s) URL, else the origin that the
 * vendor called, else the developer's machine. Always a URL, so that no event is frozen with a schema that is none.
 */
export function publicUrlOf(lookup: Lookup, { origin }: { readonly origin?: string | undefined } = {}): string {
  return readUrl(lookup("PUBLIC_URL")) ?? readUrl(origin) ?? LOCAL;
}

/** The last text that was looked at: it is the same for as long as a Worker runs. */
let looked: { readonly text: string; readonly isUrl: boolean } | undefined;

/** Whether somebody said, and legibly, where this relay is reached. */
export function isPublicUrlSet(lookup: Lookup): boolean {
  const text = lookup("PUBLIC_URL");
  if (text === undefined) return false;
  if (looked?.text !== text) looked = { text, isUrl: isAbsoluteUrl(text) };
  return looked.isUrl;
}

/** Origin and path, without what stands behind them. */
function readUrl(text: string | undefined): string | undefined {
  if (!isAbsoluteUrl(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname === "/" ? "" : pathname}`;
}
