import canonicalize from "canonicalize";
import { sha256Hex } from "../../platform/digest.ts";
import { toHex } from "../../platform/text/hex.ts";

/** What somebody does, as the audit tells of it. */
export interface Deed {
  /** The name of a token or person, or where nobody knows more the part of an address. */
  readonly who: string;
  readonly role: string;
  /** One word of the audit, such as `config.replaced`. */
  readonly action: string;
  /** On what: `relay`, `permissions/acme-vcc`, `destinations/crm`, `events/evt_…`, `tokens/…`. */
  readonly what: string;
  /** Hash of what was there before, and of what is there now, where one is known. */
  readonly before?: string | undefined;
  readonly after?: string | undefined;
  /** Why, in the words of whoever did it. */
  readonly reason?: string | undefined;
}

/** The end of the chain: number and hash of its newest entry; 0 and nothing where there is none. */
export interface Head {
  readonly seq: number;
  readonly at: number;
  readonly hash: string;
}

export const NO_ENTRY: Head = { seq: 0, at: 0, hash: "" };

/** What tells of a person. It can be erased, and the chain stays whole: that holds only digests of it. */
export interface PersonalPart {
  readonly who: string;
  readonly what: string;
  readonly reason: string | null;
}

/** What the hash of an entry covers, besides the hash before it. Of the personal parts it has salted digests. */
export interface Link extends PersonalPart {
  readonly seq: number;
  /** Milliseconds since the epoch; never before that of the entry before. */
  readonly at: number;
  readonly role: string;
  readonly action: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** One entry of the audit, as it is written. */
export interface Entry {
  readonly link: Link;
  readonly hash: string;
  readonly salt: string;
  readonly personal: PersonalPart;
}

/** Random bits that keep anybody from trying all names against a digest. */
const SALT_BYTES = 16;

/** The entry that comes after a head. `now`: milliseconds since the epoch. */
export async function entryAfter(head: Head, deed: Deed, now: number): Promise<Entry> {
  const salt = toHex(crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
  const { who, what, reason = null, role, action, before = null, after = null } = deed;
  const personal = wellFormed({ who, what, reason });
  const digests = await digestPersonal(personal, salt);
  const link: Link = { seq: head.seq + 1, at: Math.max(now, head.at), role, action, before, after, ...digests };
  return { link, hash: await hashLink(link, head.hash), salt, personal };
}

/** The hash of an entry: SHA-256, in hex, of what it says and of the hash before it, as canonical JSON (RFC 8785). */
export async function hashLink(link: Link, previous: string): Promise<string> {
  return digest({ ...link, previous });
}

/** The salted digests of the personal parts, each by its name: equal words under two names have two digests. */
export async function digestPersonal({ who, what, reason }: PersonalPart, salt: string): Promise<PersonalPart> {
  const of = (name: string, text: string) => digest([salt, name, text]);
  return {
    who: await of("who", who),
    what: await of("what", what),
    reason: reason === null ? null : await of("reason", reason),
  };
}

/** Half a character has no canonical form. */
function wellFormed({ who, what, reason }: PersonalPart): PersonalPart {
  return { who: who.toWellFormed(), what: what.toWellFormed(), reason: reason === null ? null : reason.toWellFormed() };
}

async function digest(value: object): Promise<string> {
  return sha256Hex(canonicalize(value) ?? "");
}
