import type { Lookup } from "../../platform/lookup.ts";
import { fromBase64 } from "../../platform/text/base64.ts";
import { isReference, resolveReference, type Use } from "./reference.ts";
import { queryValues } from "./secret-url.ts";

export type Path = readonly (string | number)[];

/** A value of a configuration that may be secret, as it is written there. A URL may have secrets in its query. */
export interface Secret {
  readonly path: Path;
  readonly use: Use | "url";
  readonly text: string;
}

/** Where secrets stand in a configuration; `*` is any member. Whoever hides, checks or blanks them reads this table. */
const PLACES: readonly (readonly [use: Secret["use"], at: Path])[] = [
  ["key", ["sources", "*", "keys", "*"]],
  ["encryption", ["sources", "*", "encryption", "*", "key"]],
  ["url", ["sources", "*", "guard", "ask"]],
  ["signing", ["sources", "*", "responders", "*", "secrets", "*"]],
  ["header", ["sources", "*", "responders", "*", "headers", "*"]],
  ["url", ["sources", "*", "responders", "*", "ask"]],
  ["signing", ["destinations", "*", "secrets", "*"]],
  ["header", ["destinations", "*", "headers", "*"]],
  ["url", ["destinations", "*", "url"]],
];

/** Where the URL stands to which a destination or a responder sends what is at a path. */
export function urlBeside(path: Path): Path {
  return path[0] === "sources" ? [...path.slice(0, 4), "ask"] : [...path.slice(0, 2), "url"];
}

/** Every secret of a configuration, in the order of the table. */
export function findSecrets(document: unknown): Secret[] {
  return PLACES.flatMap(([use, at]) => findAt(document, at, []).map(({ path, text }) => ({ path, use, text })));
}

/**
 * The values that no webhook may bring into a store and no line into the log: of headers what a reference stands for, and
 * of headers and queries what looks like a secret.
 * @param opened the same document, with what is sealed in it opened
 */
export function secretsOf(document: unknown, lookup: Lookup, opened: unknown = document): ReadonlySet<string> {
  const texts = findSecrets(opened);
  return new Set(
    findSecrets(document).flatMap((secret, position) =>
      valuesOf({ ...secret, text: texts[position]?.text ?? secret.text }, lookup, isReference(secret.text))
        .filter((one) => one.guarded)
        .map(({ value }) => value),
    ),
  );
}

/** Every secret of a destination, whatever it looks like: nothing of it is kept of what that answers. */
export function sentSecrets(destination: object, lookup: Lookup): string[] {
  const found = findSecrets({ destinations: { destination } });
  return found.flatMap((secret) => valuesOf(secret, lookup).map(({ value }) => value));
}

interface Value {
  readonly value: string;
  readonly guarded: boolean;
}

function valuesOf({ path, use, text }: Secret, lookup: Lookup, isNamed = isReference(text)): Value[] {
  if (use === "url") {
    return queryValues(text).map(({ name, value }) => ({ value, guarded: looksSecret(name, value) }));
  }
  const value = resolveReference(text, lookup, use);
  if (value === undefined) return [];
  if (use !== "header") return [{ value, guarded: true }];
  const name = String(path.at(-1));
  const meant = isNamed || CREDENTIALS.test(value);
  return [value, ...credentialsIn(value)].map((one) => ({
    value: one,
    guarded: looksSecret(name, one) || (meant && one.length >= MIN_CHARACTERS),
  }));
}

/** What stands in a header after its scheme word; of `Basic`, also the user and password, and the password. */
function credentialsIn(value: string): string[] {
  const blank = value.indexOf(" ");
  const credentials = value.slice(blank + 1).trim();
  if (blank === -1 || !SCHEME_WORD.test(value.slice(0, blank))) return [];
  const bytes = fromBase64(credentials);
  const pair = bytes === undefined ? "" : new TextDecoder().decode(bytes);
  return pair.includes(":") ? [credentials, pair, pair.slice(pair.indexOf(":") + 1)] : [credentials];
}

/** What begins so is a secret by what it says of itself (RFC 9110, 11.4). */
const CREDENTIALS = /^(basic|bearer|token|apikey) /i;
const SCHEME_WORD = /^[a-z][a-z0-9-]*$/i;
/** A shorter value stands in bodies by chance; characters. */
const MIN_CHARACTERS = 8;
/** A value of so many letters and digits is nobody's name; characters. */
const MIN_RANDOM_CHARACTERS = 16;
const SECRET_NAME = /auth|token|key|secret|passw|pwd|cookie|credential|session|signature|^(code|sig|)$/i;

/**
 * Whether a header or parameter written into the configuration looks like a secret, by its name or by its value. `acme-corp`
 * in a header must not be blanked in every e-mail address.
 */
export function looksSecret(name: string, value: string): boolean {
  const isRandom =
    value.length >= MIN_RANDOM_CHARACTERS && /^[!-~]+$/.test(value) && /[a-z]/i.test(value) && /\d/.test(value);
  return value.length >= MIN_CHARACTERS && (SECRET_NAME.test(name) || isRandom);
}

function findAt(value: unknown, [step, ...rest]: Path, path: Path): { path: Path; text: string }[] {
  if (step === undefined) return typeof value === "string" ? [{ path, text: value }] : [];
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return step === "*" ? items.flatMap((item, position) => findAt(item, rest, [...path, position])) : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    step === "*" || step === name ? findAt(member, rest, [...path, name]) : [],
  );
}
