import type { LiveKey } from "../../config/load.ts";
import { DEFAULT_TOLERANCE, type HmacScheme, type SignatureScheme } from "../../config/signature.ts";
import type { Incoming } from "../body/incoming.ts";
import { type Bytes, fromBase64, fromHex } from "./bytes.ts";

/** More than any sender adds; bounds what a hostile one makes us compare. */
const MAX_SIGNATURES = 20;
/** As seconds, this is the year 5138: a larger number counts milliseconds. */
const MOST_SECONDS = 1e11;
const hashes = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

/** What is signed, and the signatures that came with it. */
interface Signed {
  readonly hash: (typeof hashes)[keyof typeof hashes];
  readonly content: Bytes;
  readonly signatures: readonly Bytes[];
  readonly keyOf: (secret: string) => Bytes | undefined;
}

/**
 * The live key that signed a request, if one did. Each key is tried on each signature, in constant time. What a GET
 * says stands in its query, which no scheme covers, so a GET is never proved. Never rejects.
 * @param now milliseconds since the epoch
 */
export async function proveSignature(
  scheme: SignatureScheme,
  keys: readonly LiveKey[],
  { method, headers, body }: Pick<Incoming, "method" | "headers" | "body">,
  now: number,
): Promise<LiveKey | undefined> {
  if (method === "GET" || body.state !== "whole") return undefined;
  const read = scheme === "standard-webhooks" ? readStandard : (...rest: Request) => readHmac(scheme, ...rest);
  const signed = read(headers, body.bytes, now);
  if (signed === undefined) return undefined;
  const matches = await Promise.all(keys.map(async (key) => ({ key, signs: await signs(key.value, signed) })));
  return matches.find(({ signs }) => signs)?.key;
}

type Request = readonly [headers: Headers, bytes: Bytes, now: number];

/** The header that a scheme puts its signature into. */
export function signatureHeader(scheme: SignatureScheme): string {
  return scheme === "standard-webhooks" ? "webhook-signature" : scheme.header;
}

async function signs(secret: string, { hash, content, signatures, keyOf }: Signed): Promise<boolean> {
  try {
    const raw = keyOf(secret);
    if (raw === undefined) return false;
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash }, false, ["verify"]);
    const verdicts = await Promise.all(
      signatures.map((signature) => crypto.subtle.verify("HMAC", key, signature, content)),
    );
    return verdicts.includes(true);
  } catch {
    return false;
  }
}

/** Standard Webhooks, "signature scheme": `v1,` and base64 of the HMAC of `id.timestamp.body`; several with spaces between. */
function readStandard(...[headers, bytes, now]: Request): Signed | undefined {
  const [id, time, list] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers.get(name));
  if (!id || !time || !list || !isNow(time, DEFAULT_TOLERANCE, now)) return undefined;
  const signatures = list.split(" ").flatMap((item) => (item.startsWith("v1,") ? item.slice("v1,".length) : []));
  return {
    hash: "SHA-256",
    content: around(`${id}.${time}.`, bytes, ""),
    signatures: signatures.slice(0, MAX_SIGNATURES).flatMap((text) => fromBase64(text) ?? []),
    keyOf: (secret) => fromBase64(secret.replace(/^whsec_/, "")),
  };
}

function readHmac(scheme: HmacScheme, ...[headers, bytes, now]: Request): Signed | undefined {
  const { algorithm, header, encoding, prefix, timestamp } = scheme;
  const decode = encoding === "hex" ? fromHex : fromBase64;
  const time = timestamp && itemsOf(headers, timestamp.header, timestamp.prefix)[0];
  if (timestamp !== undefined && !isNow(time ?? "", timestamp.toleranceSeconds, now)) return undefined;
  const [before = "", after = ""] = (timestamp?.template ?? "{body}").split("{body}");
  return {
    hash: hashes[algorithm],
    content: around(
      before.replace("{timestamp}", () => time ?? ""),
      bytes,
      after,
    ),
    signatures: itemsOf(headers, header, prefix)
      .slice(0, MAX_SIGNATURES)
      .flatMap((text) => decode(text) ?? []),
    keyOf: (secret) => new TextEncoder().encode(secret),
  };
}

/** The items of a header that have the prefix, without it: `t=1,v1=ab` has one with `v1=`, `ab`. */
function itemsOf(headers: Headers, name: string, prefix = ""): string[] {
  const items = (headers.get(name) ?? "").split(",").map((item) => item.trim());
  return items.flatMap((item) => (item.startsWith(prefix) ? item.slice(prefix.length).trim().split(/\s+/) : []));
}

/** Whether a time in seconds or milliseconds of the epoch is near enough, in either direction. */
function isNow(text: string, toleranceSeconds: number, now: number): boolean {
  if (!/^\d{1,16}$/.test(text)) return false;
  const milliseconds = Number(text) > MOST_SECONDS ? Number(text) : Number(text) * 1000;
  return Math.abs(now - milliseconds) <= toleranceSeconds * 1000;
}

/** The raw bytes of a body between two texts: what is signed is what was sent, whatever its encoding. */
function around(before: string, bytes: Bytes, after: string): Bytes {
  const [head, tail] = [new TextEncoder().encode(before), new TextEncoder().encode(after)];
  const content = new Uint8Array(head.length + bytes.length + tail.length);
  content.set(head, 0);
  content.set(bytes, head.length);
  content.set(tail, head.length + bytes.length);
  return content;
}
