import { base32 } from "../events/base32.ts";
import { readSent } from "../login/read-sent.ts";
import { sha256 } from "../platform/digest.ts";
import { isQueryMethod } from "./body/decode.ts";
import type { Read } from "./body/formats.ts";
import { typeOf } from "./body/incoming.ts";
import { boundaryOf } from "./body/multipart.ts";
import { ownNamesOf } from "./body/own-names.ts";
import type { Proved } from "./proved.ts";
import type { Written } from "./write-message.ts";

/** Maps every byte to a character of its own. */
const bytewise = new TextDecoder("windows-1252");

/**
 * Whether reading a body lost some of it, so that two that were sent differently may be read alike: characters that fit no
 * charset, parameters and levels beyond the limits, files, a name that stands twice.
 */
export function lostSome(read: Read, { message, isLossy }: Written): boolean {
  return isLossy || message.warnings.length > 0 || readSent(read).repeated.length > 0;
}

/** A hash of what was sent, without the keys in it and without what a sender's library makes up anew each time. */
export async function hashOfSent(webhook: Proved, read: Read): Promise<string> {
  const text = await sentText(webhook, read);
  return base32(await sha256(webhook.liveKeys.blank(text)));
}

async function sentText({ incoming, source }: Proved, { text, warnings }: Read): Promise<string> {
  if (isQueryMethod(incoming.method)) return fieldsOf(incoming.query, ownNamesOf(source, "query"));
  // Also where it was encrypted, each time otherwise.
  if (text !== undefined && warnings.length === 0) return text;
  const content = await incoming.content();
  const sent = content.state === "whole" ? bytewise.decode(content.bytes) : "";
  const boundary = boundaryOf(typeOf(incoming));
  return boundary === undefined ? sent : withoutBoundary(sent, `--${boundary}`);
}

/** The parameters that are fields. */
function fieldsOf(query: string, isOurs: (name: string) => boolean): string {
  const pairs = query.split("&").filter((pair) => !isOurs([...new URLSearchParams(pair).keys()][0] ?? ""));
  return pairs.join("&");
}

/** A multipart form whose delimiters are all alike, whatever its boundary is. They are lines of their own. */
function withoutBoundary(form: string, delimiter: string): string {
  const lines = form.split("\n").map((line) => {
    const after = line.startsWith(delimiter) ? line.slice(delimiter.length).trim() : undefined;
    return after === "" || after === "--" ? `--${after}` : line;
  });
  return lines.join("\n");
}
