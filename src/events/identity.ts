import type { Draft } from "./draft.ts";

const BASE32 = "0123456789abcdefghjkmnpqrstvwxyz";
const SUBJECT_CHARACTERS = 8;
const IDENTITY_CHARACTERS = 24;

/** The id of an event, and those it has if the same event was first seen in the window before or after. */
export interface EventIds {
  readonly id: string;
  readonly neighbours: readonly string[];
}

/**
 * `evt_` + 8 characters of the subject's hash + 24 of the identity's. The identity is counted in windows of time, so
 * that one event keeps its id within its window and a later one of the same content gets another.
 */
export async function eventIds(source: string, draft: Draft, receivedAt: number): Promise<EventIds> {
  const subject = await hash([source, draft.subject ?? ""], SUBJECT_CHARACTERS);
  const window = Math.floor(receivedAt / draft.window);
  const idIn = async (n: number) =>
    `evt_${subject}${await hash([source, draft.type, String(n), ...draft.identity], IDENTITY_CHARACTERS)}`;
  const [id, ...neighbours] = await Promise.all([idIn(window), idIn(window - 1), idIn(window + 1)]);
  return { id, neighbours };
}

/** The 8 characters by which all events of a subject are found. */
export function subjectPrefix(source: string, subject: string): Promise<string> {
  return hash([source, subject], SUBJECT_CHARACTERS).then((characters) => `evt_${characters}`);
}

async function hash(words: readonly string[], characters: number): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(words)));
  return base32(new Uint8Array(digest)).slice(0, characters);
}

function base32(bytes: Uint8Array): string {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32.charAt((held >> (bits - 5)) & 31);
  }
  return text;
}
