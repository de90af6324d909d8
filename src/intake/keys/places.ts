import { isObject, type Json } from "../../events/json.ts";
import { decodeStrictly, decodeText } from "../../platform/text/charset.ts";
import { ENVELOPE, enclosedBody } from "../../vendors/envelope.ts";
import type { KeyPlace } from "../../vendors/vendor.ts";
import type { Incoming } from "../body/incoming.ts";
import { scalarText } from "../scalar-text.ts";
import { placeNameOf } from "./place-names.ts";

/** More than any sender presents at one place; bounds what a hostile one makes us compare. */
const MAX_PRESENTED = 50;
const SCHEME = /^(?:bearer|basic)\s+/i;
const ESCAPES = /[%+]/;
type Look = (place: KeyPlace, incoming: Incoming, bodies: readonly Json[]) => string[];

const looks = {
  query: lookInQuery,
  header: lookInHeader,
  body: (place, _, bodies) => bodies.flatMap((body) => lookInBody(placeNameOf(place), body)),
  basic: lookInBasic,
  path: (_, { pathKey }) => (pathKey === undefined ? [] : [pathKey]),
} as const satisfies Record<KeyPlace["in"], Look>;

/** Every key that a request presents at these places. `bodies`: the objects of its body in which one may stand. */
export function presentedKeys(places: readonly KeyPlace[], incoming: Incoming, bodies: readonly Json[]): string[] {
  return places.flatMap((place) => {
    const keys = looks[place.in](place, incoming, bodies).filter((key) => key !== "");
    return keys.slice(0, MAX_PRESENTED);
  });
}

/** The values of a parameter in a query that escapes nothing. A question mark at its beginning is none of it, as in `URLSearchParams`. */
function valuesOf(query: string, name: string): string[] {
  const start = `${name}=`;
  return query
    .replace(/^\?/, "")
    .split("&")
    .flatMap((pair) => (pair.startsWith(start) ? pair.slice(start.length) : []));
}

/** A key typed into a URL by hand may have a bare `+`, which forms read as a space. */
function lookInQuery(place: KeyPlace, { query }: Incoming): string[] {
  if (!ESCAPES.test(query)) return valuesOf(query, placeNameOf(place));
  const texts = query.includes("+") ? [query, query.replaceAll("+", "%2B")] : [query];
  return texts.flatMap((text) => new URLSearchParams(text).getAll(placeNameOf(place)));
}

function lookInHeader(place: KeyPlace, { headers }: Incoming): string[] {
  return valuesInHeader(headers, placeNameOf(place)).flatMap((value) => [
    value,
    value.replace(SCHEME, ""),
    withoutPrefix(value, place.prefix),
  ]);
}

/** RFC 7617, also without its scheme word: `user:password` in base64. */
function lookInBasic(place: KeyPlace, { headers }: Incoming): string[] {
  return valuesInHeader(headers, placeNameOf(place))
    .flatMap((value) => [value.replace(SCHEME, ""), withoutPrefix(value, place.prefix)])
    .flatMap(decodeBase64);
}

/** Looks at the top and within an envelope, whose headers are what the sender says of itself, often masked, and prove nothing. */
function lookInBody(name: string, body: Json): string[] {
  if (!isObject(body) || name === ENVELOPE.headers) return [];
  return [body, enclosedBody(body)].flatMap((value) =>
    value !== undefined && Object.hasOwn(value, name) ? (scalarText(value[name]) ?? []) : [],
  );
}

/** The value of a header, and where it came several times, or has commas in it, each part of it (RFC 9110, 5.3). */
function valuesInHeader(headers: Headers, name: string): string[] {
  const value = readHeader(headers, name);
  return value.includes(",") ? [value, ...value.split(",").map((part) => part.trim())] : [value];
}

/** The name comes from the configuration; one that is no header name is nowhere. */
function readHeader(headers: Headers, name: string): string {
  try {
    return headers.get(name) ?? "";
  } catch {
    return "";
  }
}

function withoutPrefix(value: string, prefix: string | undefined): string {
  const has = prefix !== undefined && value.toLowerCase().startsWith(prefix.toLowerCase());
  return has ? value.slice(prefix.length).trimStart() : "";
}

/** What no charset is said of is UTF-8; older senders write one byte a letter (RFC 7617, 2.1). */
function decodeBase64(text: string): string[] {
  try {
    const bytes = Uint8Array.from(atob(text), (byte) => byte.charCodeAt(0));
    return [decodeStrictly(bytes, "utf-8") ?? decodeText(bytes, "windows-1252").text];
  } catch {
    return [];
  }
}
