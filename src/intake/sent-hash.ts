import { findRepeated } from "../config/documents/read-json.ts";
import { idKeysIn } from "../config/secrets/id-keys.ts";
import { base32 } from "../events/base32.ts";
import { keyedHash } from "../events/keyed-hash.ts";
import type { Lookup } from "../platform/lookup.ts";
import { isQueryMethod } from "./body/decode.ts";
import type { Read } from "./body/formats.ts";
import { typeOf } from "./body/incoming.ts";
import { boundaryOf } from "./body/multipart.ts";
import type { Proved } from "./proved.ts";

/** Maps every byte to a character of its own. */
const bytewise = new TextDecoder("windows-1252");

/**
 * Whether reading a body lost some of it, so that two that were sent differently may be read alike: characters that fit no
 * charset, parameters and levels beyond the limits, files, a name that stands twice.
 * @param warnings what was said of the body up to now
 */
export function lostSome({ text, body }: Read, warnings: readonly string[]): boolean {
  return warnings.length > 0 || (text !== undefined && findRepeated(text, body).length > 0);
}

/** A hash of what was sent; keyed as ids are, for a key may stand in it. What only a sender's library makes up is left out. */
export async function hashOfSent(webhook: Proved, read: Read, lookup: Lookup): Promise<string> {
  const { current } = await idKeysIn(lookup);
  return base32(await keyedHash(["sent", await sentText(webhook, read)], current));
}

async function sentText({ incoming }: Proved, { text, warnings }: Read): Promise<string> {
  if (isQueryMethod(incoming.method)) return incoming.query;
  // Also where it was encrypted, each time otherwise.
  if (text !== undefined && warnings.length === 0) return text;
  const content = await incoming.content();
  const sent = content.state === "whole" ? bytewise.decode(content.bytes) : "";
  const boundary = boundaryOf(typeOf(incoming));
  return boundary === undefined ? sent : sent.replaceAll(boundary, "");
}
