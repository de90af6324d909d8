import type { Lookup } from "../../platform/lookup.ts";

/** What a referenced secret is for. */
export type Use = "key" | "encryption" | "signing" | "header";

const ENV = "env:";
const SEALED = "sealed:";
/** Twelve bytes of an initialization vector and sixteen of a tag, at least, in base64url. */
const WELL_SEALED = /^sealed:v1:[\w-]{38,}$/;
/** What stands before the vector, and how much of that is a name. */
const SEALED_V1 = "sealed:v1:";
const NAME_CHARACTERS = 8;
const HEADER_NAME = "HEADER_";
/** What is the relay's own, secret or setting: nobody else's key, and nobody else's to see. */
const OWN_NAMES = [
  "ADMIN_TOKEN",
  "RELAY_KEY",
  "RELAY_KEY_PREVIOUS",
  "MASK_KEY",
  "PUBLIC_URL",
  "ALLOW_PRIVATE_DESTINATIONS",
  "DESTINATION_PORTS",
  "REQUESTS_PER_BATCH",
];
const OWN_PREFIX = "ACCESS_";

/**
 * `env:NAME` stands for a Worker secret; any other text is itself, without the blanks round it. Undefined when it
 * resolves to nothing, or to what may not be used so. What is sealed was opened before (`openSealed`), or stands for
 * nothing.
 */
export function resolveReference(reference: string, lookup: Lookup, use: Use): string | undefined {
  if (explainReference(reference, use) !== undefined || isSealed(reference)) return undefined;
  const name = envName(reference);
  const value = name === undefined ? reference.trim() : lookup(name)?.trim();
  return value === "" ? undefined : value;
}

/** Why a reference can stand for nothing, or may not be used so; undefined when it can, and for plain texts. */
export function explainReference(reference: string, use: Use): string | undefined {
  const text = reference.trim();
  if (text === "") return "empty";
  if (isSealed(text))
    return WELL_SEALED.test(text) ? undefined : "no sealed value: it begins with sealed:v1:, and is whole";
  const name = envName(text);
  if (name === undefined) return undefined;
  if (name === "") return "env: without a name";
  if (use === "header") {
    return name.startsWith(HEADER_NAME) ? undefined : `the value of a header may name only a ${ENV}${HEADER_NAME}…`;
  }
  return OWN_NAMES.includes(name) || name.startsWith(OWN_PREFIX) ? `${name} is the relay's own` : undefined;
}

/** The name of the Worker secret that a reference stands for; undefined for a plain text. */
export function envName(reference: string): string | undefined {
  const text = reference.trim();
  return text.startsWith(ENV) ? text.slice(ENV.length).trim() : undefined;
}

/** Whether a text is a sealed value, for whatever place. */
export function isSealed(reference: string): boolean {
  return reference.trim().startsWith(SEALED);
}

/** Whether a text stands for another. */
export function isReference(text: string): boolean {
  return envName(text) !== undefined || isSealed(text);
}

/**
 * How a reference is called in logs and warnings: its name, never its value. Of a sealed one the first characters, which
 * are of the random vector that it was sealed with and tell nothing; so it keeps its name when others come before it.
 */
export function nameReference(reference: string, position: number): string {
  const text = reference.trim();
  if (WELL_SEALED.test(text)) return `${SEALED}${text.slice(SEALED_V1.length, SEALED_V1.length + NAME_CHARACTERS)}`;
  if (isSealed(reference)) return `${SEALED}#${position}`;
  const name = envName(reference);
  return name === undefined ? `#${position}` : `${ENV}${name}`;
}
