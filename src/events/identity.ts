import { sha256 } from "../platform/digest.ts";
import { base32 } from "./base32.ts";
import { canonicalJson } from "./canonical.ts";
import { type EventId, eventIdOf } from "./event-id.ts";
import type { Json } from "./json.ts";
import { keyedHash, recurringHash } from "./keyed-hash.ts";

const SUBJECT_CHARACTERS = 8;
const IDENTITY_CHARACTERS = 24;

/** Keys of ids, each an HMAC's; without one the hashes are plain. `previous` goes on being found while it is replaced. */
export interface IdKeys {
  readonly current: CryptoKey | undefined;
  readonly previous?: CryptoKey | undefined;
}

/** What makes an event the one that it is. */
export interface Identity {
  readonly source: string;
  /** What it is about: the ids of all its events begin alike. */
  readonly subject: string | undefined;
  /** All that tells it from other events of its source. */
  readonly words: readonly string[];
  /** How long the same words are the same event; milliseconds. */
  readonly windowMs: number;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/** The id of an event, and those under which it may have been claimed: in the window before or after, or by another key. */
export interface EventIds {
  readonly id: EventId;
  readonly neighbours: readonly EventId[];
}

/**
 * The id that an identity gives its event. It is counted in windows of time, so that one event keeps its id within its
 * window and a later one of the same content gets another.
 */
export async function eventIds(identity: Identity, { current, previous }: IdKeys): Promise<EventIds> {
  const window = Math.floor(identity.receivedAt / identity.windowMs);
  const [id, ...neighbours] = await idsIn([window, window - 1, window + 1], identity, current);
  const before = previous === undefined ? [] : await idsIn([window, window - 1, window + 1], identity, previous);
  return { id, neighbours: [...neighbours, ...before] };
}

/**
 * What tells the event of a webhook from others of its source: its kind and its whole body, and for what the body
 * cannot tell, `once`: words that no other event has.
 */
export async function wordsOf(kind: string, body: Json, once: readonly string[] = []): Promise<string[]> {
  return ["webhook", kind, base32(await sha256(canonicalJson(body))), ...once];
}

/** The beginnings of the ids of all events of a subject. */
export function subjectPrefixes(source: string, subject: string, { current, previous }: IdKeys): Promise<string[]> {
  const keys = previous === undefined ? [current] : [current, previous];
  return Promise.all(keys.map(async (key) => eventIdOf(await hashSubject(source, subject, key))));
}

async function idsIn(
  windows: readonly [number, number, number],
  { source, subject, words }: Identity,
  key: CryptoKey | undefined,
): Promise<[EventId, EventId, EventId]> {
  const subjectHash = await hashSubject(source, subject ?? "", key);
  const idIn = async (window: number) => {
    const hash = await keyedHash(["event", source, String(window), ...words], key);
    return eventIdOf(subjectHash, base32(hash).slice(0, IDENTITY_CHARACTERS));
  };
  const [within, before, after] = windows;
  return Promise.all([idIn(within), idIn(before), idIn(after)]);
}

async function hashSubject(source: string, subject: string, key: CryptoKey | undefined): Promise<string> {
  return base32(await recurringHash(["subject", source, subject], key)).slice(0, SUBJECT_CHARACTERS);
}
