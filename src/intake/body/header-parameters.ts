import { charsetOf, decodeText } from "../../platform/text/charset.ts";
import { decodePercent } from "../../platform/text/percent.ts";

const QUOTE = '"';
const BACKSLASH = "\\";

/**
 * The parameters of a header such as `form-data; name=id; filename="a;b.txt"` (RFC 2183: a value is a token or a
 * quoted string), names in lower case; of `name*=UTF-8''na%C3%AFve` (RFC 8187), the decoded text under `name`. One pass.
 */
export function readParameters(header: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const [written, value] of split(header)) {
    const name = written.trim().toLowerCase();
    const extended = name.endsWith("*") ? readExtended(value) : undefined;
    if (extended !== undefined) parameters.set(name.slice(0, -1), extended);
    else if (!parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function* split(header: string): Generator<[name: string, value: string], undefined> {
  let at = next(header, ";", 0) + 1;
  while (at < header.length) {
    const end = next(header, ";", at);
    const parameter = header.slice(at, end);
    const is = parameter.indexOf("=");
    const quote = at + is + 1 + blanksAt(parameter, is + 1);
    if (is >= 0 && header[quote] === QUOTE) {
      const [value, after] = readQuoted(header, quote);
      yield [parameter.slice(0, is), value];
      at = next(header, ";", after) + 1;
    } else {
      if (is >= 0) yield [parameter.slice(0, is), parameter.slice(is + 1).trim()];
      at = end + 1;
    }
  }
}

/** Where a sign stands next, or the end. */
function next(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length : at;
}

function blanksAt(text: string, from: number): number {
  let at = from;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - from;
}

/** Browsers escape a quote and line breaks as in URLs, others with a backslash; a path of Windows has bare ones. */
function readQuoted(header: string, quote: number): [value: string, after: number] {
  let value = "";
  let at = quote + 1;
  for (; at < header.length && header[at] !== QUOTE; at++) {
    const escaped = header[at + 1];
    if (header[at] === BACKSLASH && (escaped === QUOTE || escaped === BACKSLASH)) at++;
    value += header[at] ?? "";
  }
  return [value.replaceAll("%22", QUOTE).replaceAll("%0D", "\r").replaceAll("%0A", "\n"), at + 1];
}

function readExtended(value: string): string | undefined {
  const [label = "", language, text] = value.split("'", 3);
  const charset = charsetOf(`;charset=${label}`);
  if (charset === undefined || language === undefined || text === undefined) return undefined;
  return decodeText(decodePercent(new TextEncoder().encode(text), false), charset).text;
}
