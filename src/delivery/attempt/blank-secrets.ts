import { spellingsOf } from "../../config/secrets/signing-key.ts";
import { toBase64 } from "../../platform/text/base64.ts";
import { cutOut, findEscaped, toMeant } from "../../platform/text/find-escaped.ts";
import type { Range } from "../../platform/text/find-texts.ts";

const BLANK = "***";
/** A shorter value is no secret worth the name, and blanking it would only garble the text. */
const MIN_SECRET_CHARACTERS = 4;
/** What an escape begins with, after half a character beyond 16 bits. */
const BEGUN_ESCAPE = /(?:\u00ef\u00bf\u00bd)?(?:%[0-9a-f]?|\\(?:u[0-9a-f]{0,3}|x[0-9a-f]?)?|&(?:#?[0-9a-z]{0,8})?)?$/i;

/**
 * A text without secrets, in whatever spelling and behind whatever escapes they stand there.
 * @param cut whether more was to come: then its end may be the beginning of a secret, and goes
 */
export function blankSecrets(text: string, secrets: readonly string[], cut: boolean): string {
  const wanted = [...new Set(secrets.flatMap(spellingsIn))].filter(({ length }) => length >= MIN_SECRET_CHARACTERS);
  const meant = [...new Set(wanted.map(toMeant))];
  const ranges = [...findAll(text, wanted), ...findEscaped(text, (bytes) => findAll(bytes, meant), true)];
  if (!cut) return cutOut(text, ranges, BLANK);
  const begun = [...findBegun(text, wanted), ...findEscaped(text, (bytes) => findBegun(bytes, meant), true)];
  const end = Math.min(text.length, ...begun.map(({ from }) => from));
  if (!ranges.some(({ to }) => to > end)) return cutOut(text.slice(0, end), ranges, BLANK);
  return cutOut(text, [...ranges, { from: end, to: text.length }], BLANK);
}

/** The spellings of a secret: as it is, without its scheme, and in base64. */
function spellingsIn(secret: string): string[] {
  const base64 = toBase64(new TextEncoder().encode(secret)).replaceAll("=", "");
  return [...spellingsOf(secret), base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
}

function findAll(text: string, wanted: readonly string[]): Range[] {
  return wanted.flatMap((one) => {
    const found: Range[] = [];
    for (let from = text.indexOf(one); from >= 0; from = text.indexOf(one, from + 1)) {
      found.push({ from, to: from + one.length });
    }
    return found;
  });
}

/** Where the end of a text is the beginning of one that is wanted, also before an escape that was cut in two. */
function findBegun(text: string, wanted: readonly string[]): Range[] {
  const ends = [text, text.replace(BEGUN_ESCAPE, "")];
  return wanted.flatMap((one) =>
    ends.flatMap((end) => {
      const begun = begunAtEnd(end, one);
      return begun === 0 ? [] : [{ from: end.length - begun, to: end.length }];
    }),
  );
}

/** How many characters at the end of a text are the beginning of another. */
function begunAtEnd(text: string, other: string): number {
  let length = Math.min(text.length, other.length - 1);
  while (length > 0 && !text.endsWith(other.slice(0, length))) length -= 1;
  return length;
}
