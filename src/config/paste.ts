import { vendorOf } from "../vendors/index.ts";
import type { KeyPlace, Vendor } from "../vendors/vendor.ts";
import type { SignatureScheme } from "./schema/signature.ts";
import type { SourceDocument } from "./schema/source.ts";
import { envName } from "./secrets/reference.ts";

/** What an operator pastes into the vendor. */
export interface Paste {
  readonly url: string;
  /** Where the key goes when it is not part of the URL. */
  readonly hint?: string | undefined;
}

/** What a URL is made for: how its source is proved, and what its vendor takes. */
export type Pasted = Pick<SourceDocument, "vendor" | "auth" | "signature">;

/**
 * The URL of a source and kind, its key in it where the vendor allows that.
 * @param key the key, or a placeholder for it
 */
export function pasteFor(base: string, id: string, source: Pasted, kind: string | undefined, key: string): Paste {
  const place = placeOf(source);
  const path = ["in", id, ...(place.in === "path" ? ["-", escapeKey(key)] : []), ...(kind === undefined ? [] : [kind])];
  const query = place.in === "query" ? `?${place.name ?? "key"}=${escapeKey(key)}` : "";
  const hint = source.signature === undefined ? hintOf(place, key) : describeSignature(source.signature);
  return { url: `${base}/${path.join("/")}${query}`, hint };
}

/** Why a vendor does not take a URL; undefined when it does. */
export function explainLength(url: string, { vendor }: Pick<Pasted, "vendor">): string | undefined {
  const { name, maxUrlLength = Number.POSITIVE_INFINITY } = vendorOf(vendor);
  return url.length > maxUrlLength
    ? `${name} takes URLs of at most ${maxUrlLength} characters; this one has ${url.length}`
    : undefined;
}

/** What of a source tells its kinds. */
export interface OfKinds {
  readonly vendor: SourceDocument["vendor"];
  /** Of its responders it is known which kinds they answer. */
  readonly responders?: object | undefined;
}

/** The kinds that need a URL of their own, those of its responders among them; empty where the body names its kind. */
export function kindsInUrl({ vendor, responders = {} }: OfKinds): readonly string[] {
  const { kinds, kindInUrl } = vendorOf(vendor);
  const asked = Object.entries(responders).flatMap(([kind, one]) => (one === undefined ? [] : kind));
  return kindInUrl ? [...kinds, ...asked] : [];
}

/** What stands for a key where it is not shown: its name, if it has one. */
export function keyPlaceholder(reference: string): string {
  return `<${envName(reference) ?? "key"}>`;
}

/** The place of a key to recommend: what the vendor sends by itself, first of all. */
export function placeOf({ vendor, auth, signature }: Pasted): KeyPlace {
  if (signature !== undefined) return { in: "header" };
  const usual: Pick<Vendor, "auth"> = vendorOf(vendor);
  return [auth ?? usual.auth].flat()[0] ?? { in: "header" };
}

/** What a sender has to be told of a signature. Its secret is never part of a webhook. */
function describeSignature(scheme: SignatureScheme): string {
  if (scheme === "standard-webhooks") return "signed: webhook-signature, Standard Webhooks";
  const { header, algorithm, encoding, prefix, timestamp } = scheme;
  const after = prefix === undefined ? "" : `, after ${prefix}`;
  const time = timestamp === undefined ? "" : `; time in ${timestamp.header}, signed as ${timestamp.template}`;
  return `signed: ${header}, ${algorithm}, ${encoding}${after}${time}`;
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
