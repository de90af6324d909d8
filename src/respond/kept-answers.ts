import type { Responder } from "../config/responders.ts";
import { isObject, type Json } from "../events/json.ts";
import { toBase64 } from "../platform/text/base64.ts";
import type { Reply } from "../vendors/asked-kind.ts";

/** Of all responders together. */
const MAX_ANSWERS = 2000;
const MAX_BYTES = 4_194_304;

interface Kept {
  readonly reply: Reply;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** The oldest first. */
const answers = new Map<string, Kept>();
let bytes = 0;

/** A number for each responder of each version of the configuration, so that none gets another's answers. */
const numbers = new WeakMap<Responder, number>();
let lastNumber = 0;
/** Of this isolate alone: what is kept could not be found from outside, did anybody see it. */
let hmacKey: CryptoKey | undefined;

/**
 * Under what the answer to a question may be kept: a keyed digest. Undefined where it is not kept, as where a member is
 * missing or empty by which questions are told apart: callers without a number are not one caller.
 */
export async function cacheName(responder: Responder, method: string, question: Json): Promise<string | undefined> {
  const { cache, kind } = responder;
  if (cache === undefined || method !== kind.keptMethod || !isObject(question)) return undefined;
  const values = cache.by.map((name) => (Object.hasOwn(question, name) ? question[name] : undefined));
  if (values.some((value) => value === undefined || value === null || value === "")) return undefined;
  const text = JSON.stringify([numberOf(responder), values]);
  const digest = await crypto.subtle.sign("HMAC", await keyHere(), new TextEncoder().encode(text));
  return toBase64(new Uint8Array(digest));
}

/** The answer that is kept under a name, if it is still good. */
export function recall(name: string, now: number): Reply | undefined {
  const kept = answers.get(name);
  if (kept !== undefined && kept.until <= now) forget(name, kept);
  return kept !== undefined && kept.until > now ? kept.reply : undefined;
}

/** Keeps an answer; the oldest ones go where there is no room for it. */
export function keep(name: string, reply: Reply, until: number): void {
  const before = answers.get(name);
  if (before !== undefined) forget(name, before);
  answers.set(name, { reply, until });
  bytes += reply.bytes.byteLength;
  for (const [oldest, kept] of answers) {
    if (answers.size <= MAX_ANSWERS && bytes <= MAX_BYTES) return;
    forget(oldest, kept);
  }
}

/** How much is kept, for tests. */
export function keptNow(): { readonly answers: number; readonly bytes: number } {
  return { answers: answers.size, bytes };
}

function forget(name: string, { reply }: Kept): void {
  answers.delete(name);
  bytes -= reply.bytes.byteLength;
}

function numberOf(responder: Responder): number {
  const number = numbers.get(responder) ?? ++lastNumber;
  numbers.set(responder, number);
  return number;
}

async function keyHere(): Promise<CryptoKey> {
  if (hmacKey !== undefined) return hmacKey;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const made = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  hmacKey ??= made;
  return hmacKey;
}
