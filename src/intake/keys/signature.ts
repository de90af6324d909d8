import type { LiveKey } from "../../config/load-relay.ts";
import { DEFAULT_TOLERANCE_SECONDS, type HmacScheme, type SignatureScheme } from "../../config/schema/signature.ts";
import { readProvingKey } from "../../config/secrets/signing-key.ts";
import { sha256Hex } from "../../platform/digest.ts";
import type { Incoming } from "../body/incoming.ts";
import { type Bytes, fromBase64, fromHex, utf8 } from "./bytes.ts";

/** Longer message ids stand as their digest; characters. */
const MAX_ID_CHARACTERS = 256;
/** More than any sender adds; bounds what a hostile one makes us compare. */
const MAX_SIGNATURES = 20;
/** A larger number counts milliseconds: as seconds, this is the year 5138. */
const MOST_SECONDS = 1e11;
/** Standard Webhooks' own headers, and those of the product it grew out of. */
const FAMILIES = ["webhook", "svix"];
const hashes = { sha1: "SHA-1", sha256: "SHA-256", sha512: "SHA-512" } as const;

export type Hash = (typeof hashes)[keyof typeof hashes];

/** The hash of a scheme. */
export function hashOf(scheme: SignatureScheme): Hash {
  return scheme === "standard-webhooks" ? "SHA-256" : hashes[scheme.algorithm];
}

/** Who signed a request; `id`: the message id under the signature, where the scheme has one. */
export interface Signer {
  readonly key: LiveKey;
  readonly id: string | undefined;
}

/** What the headers say of a signature. */
interface Claim {
  readonly id?: string | undefined;
  /** What stands round the body in what is signed. */
  readonly before: string;
  readonly after: string;
  readonly signatures: readonly Bytes[];
}

/** Takes the place of a secret in work that is done so that its time tells nothing. */
export const NO_SECRET: Bytes = new Uint8Array(32);
const NO_CLAIM: Claim = { before: "", after: "", signatures: [] };

/**
 * The live key that signed a request, if one did. Every key is tried on every form of the body, whatever the headers
 * say, and compared in constant time. Never rejects.
 * @param bodies the forms of the body that a signature may cover
 * @param now milliseconds since the epoch
 */
export async function proveSignature(
  scheme: SignatureScheme,
  keys: readonly LiveKey[],
  headers: Headers,
  bodies: readonly Bytes[],
  now: number,
): Promise<Signer | undefined> {
  const { id, before, after, signatures } = readClaim(scheme, headers, now) ?? NO_CLAIM;
  const contents = bodies.map((bytes) => around(before, bytes, after));
  const tried = await Promise.all(
    keys.flatMap((key) =>
      contents.map(async (content) => {
        const secret = readSecret(scheme, key.value);
        const expected = await signBody(secret ?? NO_SECRET, hashOf(scheme), content);
        return { key, signs: secret !== undefined && hasOne(signatures, expected) };
      }),
    ),
  );
  const signer = tried.find(({ signs }) => signs);
  return signer === undefined ? undefined : { key: signer.key, id: id && (await shorten(id)) };
}

/**
 * The forms of a body that a signature may cover: as it was sent, and without its content coding. What a GET says stands in
 * its query, which no scheme covers, so it has none and is never proved.
 */
export async function signedForms({ method, body, content }: Incoming): Promise<Bytes[]> {
  if (method === "GET" || body.state !== "whole") return [];
  const plain = await content();
  const isCoded = plain.state === "whole" && plain.bytes !== body.bytes;
  return isCoded ? [body.bytes, plain.bytes] : [body.bytes];
}

async function shorten(id: string): Promise<string> {
  return id.length <= MAX_ID_CHARACTERS ? id : sha256Hex(id);
}

/** Whether a request shows a signature, right or wrong. */
export function showsSignature(scheme: SignatureScheme, headers: Headers): boolean {
  const names = scheme === "standard-webhooks" ? FAMILIES.map((family) => `${family}-signature`) : [scheme.header];
  return names.some((name) => (headers.get(name) ?? "") !== "");
}

/** The HMAC of some content. */
export async function signBody(secret: Bytes, hash: Hash, content: Bytes): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey("raw", secret, { name: "HMAC", hash }, false, ["sign"]);
  return crypto.subtle.sign("HMAC", key, content);
}

function hasOne(signatures: readonly Bytes[], expected: ArrayBuffer): boolean {
  const equal = signatures
    .filter(({ byteLength }) => byteLength === expected.byteLength)
    .map((signature) => crypto.subtle.timingSafeEqual(signature, expected));
  return equal.includes(true);
}

function readClaim(scheme: SignatureScheme, headers: Headers, now: number): Claim | undefined {
  return scheme === "standard-webhooks" ? readStandard(headers, now) : readHmac(scheme, headers, now);
}

/**
 * Standard Webhooks, "signature scheme": base64 of the HMAC of `id.timestamp.body` after `v1,`; several with spaces
 * between. The headers are those of one family, the first that is complete.
 */
function readStandard(headers: Headers, now: number): Claim | undefined {
  const families = FAMILIES.map((family) =>
    ["id", "timestamp", "signature"].map((name) => headers.get(`${family}-${name}`) ?? ""),
  );
  const [id, time = "", list = ""] = families.find((family) => !family.includes("")) ?? [];
  if (id === undefined || !isNear(time, DEFAULT_TOLERANCE_SECONDS, now)) return undefined;
  const signatures = list.split(" ").flatMap((item) => (item.startsWith("v1,") ? item.slice("v1,".length) : []));
  return { id, before: `${id}.${time}.`, after: "", signatures: decodeAll(signatures, fromBase64) };
}

function readHmac(
  { header, encoding, prefix, timestamp }: HmacScheme,
  headers: Headers,
  now: number,
): Claim | undefined {
  const [time = ""] = timestamp === undefined ? [] : itemsOf(headers, timestamp.header, timestamp.prefix);
  if (timestamp !== undefined && !isNear(time, timestamp.toleranceSeconds, now)) return undefined;
  const [before = "", after = ""] = (timestamp?.template ?? "{body}").split("{body}");
  return {
    before: before.replace("{timestamp}", () => time),
    after,
    signatures: decodeAll(itemsOf(headers, header, prefix), encoding === "hex" ? fromHex : fromBase64),
  };
}

/** The bytes of a secret; undefined when it is not written as the scheme wants it. */
function readSecret(scheme: SignatureScheme, secret: string): Bytes | undefined {
  return scheme === "standard-webhooks" ? readProvingKey(secret) : utf8(secret);
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

/** The raw bytes of a body between two texts: what is signed is what was sent, whatever its charset. */
function around(before: string, bytes: Bytes, after: string): Bytes {
  const head = utf8(before);
  const tail = utf8(after);
  const content = new Uint8Array(head.length + bytes.length + tail.length);
  content.set(head);
  content.set(bytes, head.length);
  content.set(tail, head.length + bytes.length);
  return content;
}
