import { fromBase64, type Key, readKeys } from "./secret.ts";

/** Seconds by which a signed time may be off: what Standard Webhooks recommends. */
const TOLERANCE_SECONDS = 300;
/** More than any relay adds; bounds the work that a stranger can ask for, as each is proved over the whole body. */
const MAX_SIGNATURES = 20;

/** A request: the platform's own, or its headers and its body as it came. */
export type Received =
  | Request
  | {
      readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
      readonly body: string | Uint8Array | ArrayBuffer;
    };

/** A delivery that is proved to come from the relay. */
export interface Delivery {
  /** The event's id, the same at every attempt and replay: keep what you receive by it. */
  readonly id: string;
  /** When this attempt was made; seconds since the epoch. */
  readonly timestamp: number;
  /** 1 for the first. It is not signed. */
  readonly attempt: number;
  /** Whether an operator had it sent again. It is not signed: do the same work again, not more. */
  readonly isReplay: boolean;
  /** The bytes that were signed. */
  readonly body: Uint8Array;
}

/** Why a request is not believed. */
export type Reason = "headers_missing" | "timestamp_off" | "signature_wrong";

/** A request is not believed: answer 401. */
export class VerificationError extends Error {
  override readonly name = "VerificationError";
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(`the delivery is not proved: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Verifies a delivery by Standard Webhooks: whether one of the secrets signed exactly these bytes, within five minutes. It
 * reads the body of a `Request`.
 * @param secrets `whsec_…`, or `whpk_…` for v1a; an array, or one text with blanks between
 * @param options `now`: milliseconds since the epoch
 * @throws VerificationError when it is not proved; TypeError when a secret can prove nothing, or the body is not as it came
 */
export async function verify(
  received: Received,
  secrets: string | readonly string[],
  { now = Date.now(), toleranceSeconds = TOLERANCE_SECONDS }: { now?: number; toleranceSeconds?: number } = {},
): Promise<Delivery> {
  const keys = await readKeys(secrets);
  const header = headersOf(received);
  const body = await bytesOf(received);
  const [id, timestamp, signatures] = [header("id"), header("timestamp"), header("signature")];
  if (id === "" || signatures === "" || !/^\d+$/.test(timestamp)) throw new VerificationError("headers_missing");
  // A clock that is no number proves nothing, either.
  if (!(Math.abs(now / 1000 - Number(timestamp)) <= toleranceSeconds)) throw new VerificationError("timestamp_off");
  if (!(await isSigned(signatures, join(`${id}.${timestamp}.`, body), keys))) {
    throw new VerificationError("signature_wrong");
  }
  return {
    id,
    timestamp: Number(timestamp),
    attempt: Number(header("attempt") || 1),
    isReplay: header("replay") === "1",
    body,
  };
}

/** Web Crypto compares in constant time. */
async function isSigned(signatures: string, content: Uint8Array<ArrayBuffer>, keys: readonly Key[]): Promise<boolean> {
  for (const signature of signatures.split(" ").slice(0, MAX_SIGNATURES)) {
    const [version, base64 = ""] = signature.split(",");
    for (const { algorithm, key } of keys.filter((one) => one.version === version)) {
      // What has the wrong length for a signature is refused by an error.
      const fits = crypto.subtle.verify(algorithm, key, fromBase64(base64), content).catch(() => false);
      if (await fits) return true;
    }
  }
  return false;
}

/** Reads `webhook-…` headers; `""` where there is none. */
function headersOf({ headers }: Received): (name: string) => string {
  if (headers instanceof Headers) return (name) => headers.get(`webhook-${name}`) ?? "";
  const entries = Object.entries(headers).map(
    ([name, value]) => [name.toLowerCase(), [value ?? ""].flat()[0]] as const,
  );
  const values = new Map(entries);
  return (name) => values.get(`webhook-${name}`) ?? "";
}

async function bytesOf(received: Received): Promise<Uint8Array> {
  if (received instanceof Request) return new Uint8Array(await received.arrayBuffer());
  const { body } = received;
  if (typeof body === "string") return new TextEncoder().encode(body);
  // Not `instanceof`: runners of tests have classes of their own.
  if (ArrayBuffer.isView(body)) return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
  if (Object.prototype.toString.call(body) === "[object ArrayBuffer]") return new Uint8Array(body);
  throw new TypeError("the body is neither text nor bytes: hand it over as it came, before anything parses it");
}

function join(head: string, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(head);
  const content = new Uint8Array(bytes.length + body.length);
  content.set(bytes);
  content.set(body, bytes.length);
  return content;
}
