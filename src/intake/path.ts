import { getPath } from "hono/utils/url";
import { decodePercent } from "../platform/text/percent.ts";

const SLASH = "/";
/** What stands in the place of a kind where the path carries the key. */
const KEY_MARK = "-";

/** What the path of a webhook names, decoded. */
export interface InboundPath {
  /** Empty when it names none. */
  readonly source: string;
  /** The key in `/in/:source/-/:key/:kind?`. */
  readonly key: string | undefined;
  /** Empty when it names none; everything behind the source or the key. */
  readonly kind: string;
}

/** Where all webhooks are led to, whatever stands behind it. */
export const INBOUND = "/in";

/**
 * The path by which a request is routed: without a slash at its end. Everything below `/in` is one path, since `receive`
 * reads the rest itself; there, every run of slashes counts as one, for a base address is often pasted with its slash.
 * Elsewhere two slashes lead nowhere.
 */
export function routePath(request: Request): string {
  const path = getPath(request);
  if (isInbound(path)) return INBOUND;
  return path.length > 1 && path.endsWith(SLASH) ? path.slice(0, -1) : path;
}

/** Whether a path is one of webhooks. */
export function isInbound(path: string): boolean {
  const once = path.includes("//") ? path.replace(/\/+/g, SLASH) : path;
  return once === INBOUND || once.startsWith(`${INBOUND}/`);
}

/** Reads the path of a webhook, `/in/:source/:kind?`, as a URL writes it. An escaped slash is no slash. */
export function readInboundPath(pathname: string): InboundPath {
  const [, source = "", ...rest] = segmentsOf(pathname);
  const [mark, key, ...after] = rest;
  return mark === KEY_MARK && key !== undefined
    ? { source, key, kind: after.join(SLASH) }
    : { source, key: undefined, kind: rest.join(SLASH) };
}

function segmentsOf(pathname: string): string[] {
  const segments = pathname.split(SLASH).filter((segment) => segment !== "");
  return pathname.includes("%") ? segments.map(decodeSegment) : segments;
}

/** What is no UTF-8 is replaced, and what is no escape stays. */
function decodeSegment(segment: string): string {
  return new TextDecoder().decode(decodePercent(new TextEncoder().encode(segment), false));
}
