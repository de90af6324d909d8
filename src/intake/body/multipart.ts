import { charsetOf, decodeText } from "../../platform/text/charset.ts";
import { MAX_PARAMETERS } from "../form.ts";
import type { Fields } from "./form-fields.ts";
import { readParameters } from "./header-parameters.ts";

/** The content type of a multipart form. */
export const MULTIPART_TYPE = /^multipart\/form-data\b/i;
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const DASH = 0x2d;
const NO_BYTES = new Uint8Array();

/** The fields of a multipart form; `files`: parts that are files, or have no name, and are left out. */
export interface Parts extends Fields {
  readonly files: number;
}

/** What divides the parts of a multipart form; undefined where a content type names none, or is another. */
export function boundaryOf(contentType: string): string | undefined {
  return MULTIPART_TYPE.test(contentType) ? readParameters(contentType).get("boundary") || undefined : undefined;
}

/**
 * The fields of a `multipart/form-data` body (RFC 7578); undefined when it is none, or is cut short. The runtime's own
 * `formData()` takes neither names without quotes nor its own escapes in them, nor charsets, nor bare line feeds.
 */
export function readMultipart(bytes: Uint8Array, contentType: string): Parts | undefined {
  const boundary = boundaryOf(contentType);
  const parts = boundary ? split(bytes, new TextEncoder().encode(`--${boundary}`)) : undefined;
  if (parts === undefined) return undefined;
  const usual = charsetOf(contentType) ?? "utf-8";
  const fields: [string, string][] = [];
  let over = 0;
  let files = 0;
  let damaged = false;
  for (const part of parts) {
    if (fields.length >= MAX_PARAMETERS || files >= MAX_PARAMETERS) {
      over++;
      continue;
    }
    const { head, content } = cut(part);
    const asUtf8 = decodeText(head, "utf-8");
    const named = asUtf8.damaged ? decodeText(head, usual) : asUtf8;
    damaged ||= named.damaged;
    const headers = readHeaders(named.text);
    const parameters = readParameters(headers.get("content-disposition") ?? "");
    const name = parameters.get("name");
    if (name === undefined || parameters.has("filename")) {
      files++;
      continue;
    }
    // What an escaped name has that fits no charset was replaced, too.
    damaged ||= name.includes("\uFFFD");
    const value = decodeText(content, charsetOf(headers.get("content-type") ?? "") ?? usual);
    damaged ||= value.damaged;
    fields.push([name, value.text]);
  }
  return { fields, over, files, damaged };
}

/**
 * The parts between the delimiters; undefined when the last one is missing. A delimiter is a line of its own, so one
 * pass over the lines finds them all, however long a boundary somebody makes up.
 */
function split(bytes: Uint8Array, delimiter: Uint8Array): Uint8Array[] | undefined {
  const parts: Uint8Array[] = [];
  let from = -1;
  for (let line = 0; line < bytes.length; ) {
    const end = endOfLine(bytes, line);
    const after = bytes[line] === DASH ? readDelimiter(bytes.subarray(line, end), delimiter) : undefined;
    if (after !== undefined) {
      // The line break before a delimiter belongs to it.
      if (from >= 0) parts.push(withoutReturn(bytes.subarray(from, Math.max(from, line - 1))));
      if (after === "--") return parts;
      from = end + 1;
    }
    line = end + 1;
  }
  return undefined;
}

/** What stands behind the delimiter in its line: nothing, or the two dashes of the last one. */
function readDelimiter(line: Uint8Array, delimiter: Uint8Array): "" | "--" | undefined {
  if (line.length < delimiter.length || !delimiter.every((byte, at) => line[at] === byte)) return undefined;
  const rest = new TextDecoder().decode(line.subarray(delimiter.length)).trim();
  return rest === "" || rest === "--" ? rest : undefined;
}

/** A part is headers, an empty line, and its content. */
function cut(part: Uint8Array): { head: Uint8Array; content: Uint8Array } {
  for (let line = 0; line < part.length; ) {
    const end = endOfLine(part, line);
    if (withoutReturn(part.subarray(line, end)).length === 0) {
      return { head: part.subarray(0, line), content: part.subarray(end + 1) };
    }
    line = end + 1;
  }
  return { head: part, content: NO_BYTES };
}

/** Names in lower case; a line that begins with a blank goes on with the one before. */
function readHeaders(head: string): ReadonlyMap<string, string> {
  const lines = head.replace(/\r?\n[ \t]/g, " ").split("\n");
  return new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const at = bytes.indexOf(LINE_FEED, from);
  return at < 0 ? bytes.length : at;
}

function withoutReturn(line: Uint8Array): Uint8Array {
  return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
}
