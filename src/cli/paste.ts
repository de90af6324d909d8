import type { SignatureScheme } from "../config/schema/signature.ts";
import type { SourceDocument } from "../config/schema/source.ts";
import { envName } from "../config/secrets/reference.ts";
import { vendorOf } from "../vendors/index.ts";
import type { KeyPlace } from "../vendors/vendor.ts";
import { Refusal } from "./refusal.ts";

/** What an operator pastes into the vendor. */
export interface Paste {
  readonly url: string;
  /** Where the key goes when it is not part of the URL. */
  readonly hint?: string | undefined;
}

/**
 * The URL of a source and kind, its key in it where the vendor allows that.
 * @param key the key, or a placeholder for it
 */
export function pasteUrl(
  base: string,
  id: string,
  source: SourceDocument,
  kind: string | undefined,
  key: string,
): Paste {
  const place = placeOf(source);
  const path = ["in", id, ...(place.in === "path" ? ["-", escapeKey(key)] : []), ...(kind === undefined ? [] : [kind])];
  const query = place.in === "query" ? `?${place.name ?? "key"}=${escapeKey(key)}` : "";
  const url = `${base}/${path.join("/")}${query}`;
  const { name, maxUrlLength = Number.POSITIVE_INFINITY } = vendorOf(source.vendor);
  if (url.length > maxUrlLength) {
    throw new Refusal(`${name} takes URLs of at most ${maxUrlLength} characters; this one has ${url.length}`);
  }
  return { url, hint: source.signature === undefined ? hintOf(place, key) : describeSignature(source.signature) };
}

/** What a sender has to be told of a signature. Its secret is never part of a webhook. */
function describeSignature(scheme: SignatureScheme): string {
  if (scheme === "standard-webhooks") return "signed: webhook-signature, Standard Webhooks";
  const { header, algorithm, encoding, prefix, timestamp } = scheme;
  const after = prefix === undefined ? "" : `, after ${prefix}`;
  const time = timestamp === undefined ? "" : `; time in ${timestamp.header}, signed as ${timestamp.template}`;
  return `signed: ${header}, ${algorithm}, ${encoding}${after}${time}`;
}

/** What stands for a key where it is not shown: its name, if it has one. */
export function keyPlaceholder(reference: string): string {
  return `<${envName(reference) ?? "key"}>`;
}

/** The kinds that need a URL of their own, those of its responders among them; empty where the body names its kind. */
export function kindsInUrl(source: SourceDocument): readonly string[] {
  const { kinds, kindInUrl } = vendorOf(source.vendor);
  const asked = Object.entries(source.responders ?? {}).flatMap(([kind, one]) => (one === undefined ? [] : kind));
  return kindInUrl ? [...kinds, ...asked] : [];
}

/** The place to recommend: what the vendor sends by itself, first of all. */
function placeOf(source: SourceDocument): KeyPlace {
  if (source.signature !== undefined) return { in: "header" };
  const auth: KeyPlace | readonly KeyPlace[] = source.auth ?? vendorOf(source.vendor).auth;
  return "in" in auth ? auth : (auth[0] ?? { in: "header" });
}

function hintOf(place: KeyPlace, key: string): string | undefined {
  const words = place.prefix === undefined ? key : `${place.prefix} ${key}`;
  if (place.in === "header") return `header ${place.name ?? "authorization"}: ${words}`;
  if (place.in === "body") return `"${place.name ?? "key"}": "${key}" in the body`;
  if (place.in === "basic") return `user and password in header ${place.name ?? "authorization"}: ${key}`;
  return undefined;
}

/** Placeholders stay readable. */
function escapeKey(key: string): string {
  return /^<.*>$/.test(key) ? key : encodeURIComponent(key);
}
