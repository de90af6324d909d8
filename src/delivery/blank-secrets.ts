import { toBase64 } from "../platform/base64.ts";

const BLANK = "***";
/** A shorter value is no secret worth the name, and blanking it would only garble the text; characters. */
const SHORTEST_SECRET = 4;

/**
 * A text without secrets, in whatever spelling they stand there.
 * @param cut whether more was to come: then its end may be the beginning of a secret, and goes
 */
export function blankSecrets(text: string, secrets: readonly string[], cut: boolean): string {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))].filter(({ length }) => length >= SHORTEST_SECRET);
  const longestFirst = spellings.sort((a, b) => b.length - a.length);
  const blanked = longestFirst.reduce((left, spelling) => left.replaceAll(spelling, BLANK), text);
  const begun = cut ? Math.max(0, ...longestFirst.map((spelling) => begunAtEnd(blanked, spelling))) : 0;
  return blanked.slice(0, blanked.length - begun);
}

/** As it is, without its prefix, and escaped for a URL, a form, JSON or HTML, or in base64. */
function spellingsOf(secret: string): string[] {
  const bare = secret.replace(/^wh(sec|sk)_/, "");
  const percent = encodeURIComponent(secret.toWellFormed());
  const json = JSON.stringify(secret).slice(1, -1);
  const base64 = toBase64(new TextEncoder().encode(secret)).replaceAll("=", "");
  return [
    secret,
    bare,
    percent,
    percent.replace(/%../g, (digits) => digits.toLowerCase()),
    percent.replaceAll("%20", "+"),
    json,
    json.replaceAll("/", "\\/"),
    html(secret),
    base64,
    base64.replaceAll("+", "-").replaceAll("/", "_"),
  ];
}

function html(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** How many characters at the end of a text are the beginning of another. */
function begunAtEnd(text: string, other: string): number {
  let length = Math.min(text.length, other.length - 1);
  while (length > 0 && !text.endsWith(other.slice(0, length))) length -= 1;
  return length;
}
