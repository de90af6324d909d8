import type { Json } from "../../events/json.ts";
import { charsetOf, decodeText } from "../../platform/text/charset.ts";
import { readMediaType } from "../../platform/text/media-type.ts";
import type { Reply } from "../../vendors/asked-kind.ts";
import { isJsonType, readJsonReply } from "../../vendors/values/json-reply.ts";
import type { Scrubbing } from "./rules.ts";
import { scrub } from "./scrub.ts";

/** An answer as it may be stored: JSON as it is, an ini file as an object, any other text as a text; without secrets. */
export function scrubReply(reply: Reply, scrubbing: Scrubbing): Json {
  const { essence = "" } = readMediaType(reply.type) ?? {};
  if (isJsonType(essence)) return scrub(readJsonReply(reply)?.json ?? null, scrubbing).body;
  const { text } = decodeText(reply.bytes, charsetOf(reply.type) ?? "utf-8");
  return scrub(essence === "text/x-ini" ? readIni(text) : text, scrubbing).body;
}

/** The lines of an ini file, those that give a value to a name as an object: a list, for names may repeat. */
function readIni(text: string): Json {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "").map(readLine);
}

function readLine(line: string): Json {
  const is = line.indexOf("=");
  const name = line.slice(0, Math.max(0, is)).trim();
  return name === "" ? line : { [name]: line.slice(is + 1).trim() };
}
