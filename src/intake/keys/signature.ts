import type { LiveKey } from "../../config/load.ts";
import { DEFAULT_TOLERANCE, type HmacScheme, type SignatureScheme } from "../../config/signature.ts";
import { readProvingKey } from "../../config/signing-key.ts";
import type { Incoming } from "../body/incoming.ts";
import { type Bytes, fromBase64, fromHex, utf8 } from "./bytes.ts";

/** More than any sender adds; bounds what a hostile one makes us compare. */
const MAX_SIGNATURES = 20;
/** As seconds, this is the year 5138: a larger number counts milliseconds. */
const MOST_SECONDS = 1e11;
const hashes = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

/** The raw parts of a request that a scheme reads. `now`: milliseconds since the epoch. */
interface Sent {
  readonly headers: Headers;
  readonly bytes: Bytes;
  readonly now: number;
}

/** What is signed, and the signatures that came with it. */
interface Signed {
  readonly hash: (typeof hashes)[keyof typeof hashes];
  readonly content: Bytes;
  readonly signatures: readonly Bytes[];
  /** The bytes of a secret; undefined when it is not written as the scheme wants it. */
  readonly keyOf: (secret: string) => Bytes | undefined;
}

/**
 * The live key that signed a request, if one did. Every key is tried, and compared in constant time. What a GET says
 * stands in its query, which no scheme covers, so a GET is never proved. Never rejects.
 * @param now milliseconds since the epoch
 */
export async function proveSignature(
  scheme: SignatureScheme,
  keys: readonly LiveKey[],
  { method, headers, body }: Pick<Incoming, "method" | "headers" | "body">,
  now: number,
): Promise<LiveKey | undefined> {
  if (method === "GET" || body.state !== "whole") return undefined;
  const sent = { headers, bytes: body.bytes, now };
  const signed = scheme === "standard-webhooks" ? readStandard(sent) : readHmac(scheme, sent);
  if (signed === undefined) return undefined;
  const tried = await Promise.all(keys.map(async (key) => ({ key, signs: await hasSigned(key.value, signed) })));
  return tried.find(({ signs }) => signs)?.key;
}

async function hasSigned(secret: string, { hash, content, signatures, keyOf }: Signed): Promise<boolean> {
  const bytes = keyOf(secret);
  if (bytes === undefined) return false;
  const key = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash }, false, ["sign"]);
  const expected = await crypto.subtle.sign("HMAC", key, content);
  const equal = signatures
    .filter(({ byteLength }) => byteLength === expected.byteLength)
    .map((signature) => crypto.subtle.timingSafeEqual(signature, expected));
  return equal.includes(true);
}

/** Standard Webhooks, "signature scheme": base64 of the HMAC of `id.timestamp.body` after `v1,`; several with spaces between. */
function readStandard({ headers, bytes, now }: Sent): Signed | undefined {
  const [id, time, list] = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers.get(name));
  if (!id || !time || !list || !isNear(time, DEFAULT_TOLERANCE, now)) return undefined;
  const signatures = list.split(" ").flatMap((item) => (item.startsWith("v1,") ? item.slice("v1,".length) : []));
  return {
    hash: "SHA-256",
    content: around(`${id}.${time}.`, bytes, ""),
    signatures: decodeAll(signatures, fromBase64),
    keyOf: readProvingKey,
  };
}

function readHmac({ algorithm, header, encoding, prefix, timestamp }: HmacScheme, sent: Sent): Signed | undefined {
  const [time = ""] = timestamp === undefined ? [] : itemsOf(sent.headers, timestamp.header, timestamp.prefix);
  if (timestamp !== undefined && !isNear(time, timestamp.toleranceSeconds, sent.now)) return undefined;
  const [before = "", after = ""] = (timestamp?.template ?? "{body}").split("{body}");
  return {
    hash: hashes[algorithm],
    content: around(before.replace("{timestamp}", time), sent.bytes, after),
    signatures: decodeAll(itemsOf(sent.headers, header, prefix), encoding === "hex" ? fromHex : fromBase64),
    keyOf: utf8,
  };
}

/** The items of a header that have the prefix, without it: of `t=1,v1=ab` and `v1=`, that is `ab`. */
function itemsOf(headers: Headers, name: string, prefix = ""): string[] {
  const items = (headers.get(name) ?? "").split(",").map((item) => item.trim());
  return items.filter((item) => item.startsWith(prefix)).map((item) => item.slice(prefix.length).trim());
}

function decodeAll(signatures: readonly string[], decode: (text: string) => Bytes | undefined): Bytes[] {
  return signatures.slice(0, MAX_SIGNATURES).flatMap((text) => decode(text) ?? []);
}

/** Whether a time in seconds or milliseconds of the epoch is near enough, in either direction. */
function isNear(text: string, toleranceSeconds: number, now: number): boolean {
  if (!/^\d{1,16}$/.test(text)) return false;
  const milliseconds = Number(text) > MOST_SECONDS ? Number(text) : Number(text) * 1000;
  return Math.abs(now - milliseconds) <= toleranceSeconds * 1000;
}

/** The raw bytes of a body between two texts: what is signed is what was sent, whatever its encoding. */
function around(before: string, bytes: Bytes, after: string): Bytes {
  const head = utf8(before);
  const tail = utf8(after);
  const content = new Uint8Array(head.length + bytes.length + tail.length);
  content.set(head);
  content.set(bytes, head.length);
  content.set(tail, head.length + bytes.length);
  return content;
}
