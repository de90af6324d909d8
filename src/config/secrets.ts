import { fromBase64 } from "../platform/base64.ts";
import { envName, type Lookup, resolveReference, type Use } from "./reference.ts";
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
  ["signing", ["destinations", "*", "secrets", "*"]],
  ["header", ["destinations", "*", "headers", "*"]],
  ["url", ["destinations", "*", "url"]],
];

/** Every secret of a configuration, in the order of the table. */
export function findSecrets(document: unknown): Secret[] {
  return PLACES.flatMap(([use, at]) => findAt(document, at, []).map(({ path, text }) => ({ path, use, text })));
}

/**
 * The values that no webhook may bring into a store and no line into the log. Of headers and queries those that look like
 * secrets: `blue` as the value of a header must not blank the word in every webhook.
 */
export function secretsOf(document: unknown, lookup: Lookup): ReadonlySet<string> {
  return new Set(
    findSecrets(document).flatMap((secret) =>
      valuesOf(secret, lookup)
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

function valuesOf({ path, use, text }: Secret, lookup: Lookup): Value[] {
  if (use === "url") {
    return queryValues(text).map(({ name, value }) => ({ value, guarded: looksSecret(name, value) }));
  }
  const value = resolveReference(text, lookup, use);
  if (value === undefined) return [];
  if (use !== "header") return [{ value, guarded: true }];
  const name = String(path.at(-1));
  const referred = envName(text) !== undefined;
  return [value, ...credentialsIn(value)].map((one) => ({
    value: one,
    guarded: looksSecret(name, one) || (referred && one.length >= MIN_LENGTH),
  }));
}

/** What stands in a header after its scheme word; of `Basic`, also the user and password, and the password. */
function credentialsIn(value: string): string[] {
  const blank = value.indexOf(" ");
  const credentials = value.slice(blank + 1).trim();
  if (!SCHEME_WORD.test(value.slice(0, blank))) return [];
  const bytes = fromBase64(credentials);
  const pair = bytes === undefined ? "" : new TextDecoder().decode(bytes);
  return pair.includes(":") ? [credentials, pair, pair.slice(pair.indexOf(":") + 1)] : [credentials];
}

const SCHEME_WORD = /^[a-z][a-z0-9-]*$/i;
/** A shorter value stands in bodies by chance; characters. */
const MIN_LENGTH = 8;
const SECRET_NAME = /auth|token|key|secret|pass|pwd|sig|cookie|cred|session|code/i;
/** A plain word, a media type, a date or the number of a version. */
const ORDINARY = /^([a-z]+(\/[a-z0-9.+*-]+)?|v?[\d.:-]+)$/i;

/** Whether a header or parameter written into the configuration looks like a secret, by its name or by its value. */
export function looksSecret(name: string, value: string): boolean {
  return value.length >= MIN_LENGTH && (SECRET_NAME.test(name) || !ORDINARY.test(value));
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
