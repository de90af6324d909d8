import type { Lookup } from "../../platform/lookup.ts";

/** What a referenced secret is for. */
export type Use = "key" | "encryption" | "signing" | "header";

const ENV = "env:";
/** Sealed values are not opened by this version. */
const SEALED = "sealed:";
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
 * resolves to nothing, or to what may not be used so.
 */
export function resolveReference(reference: string, lookup: Lookup, use: Use): string | undefined {
  if (explainReference(reference, use) !== undefined) return undefined;
  const name = envName(reference);
  const value = name === undefined ? reference.trim() : lookup(name)?.trim();
  return value === "" ? undefined : value;
}

/** Why a reference can stand for nothing, or may not be used so; undefined when it can, and for plain texts. */
export function explainReference(reference: string, use: Use): string | undefined {
  const text = reference.trim();
  if (text === "") return "empty";
  if (text.startsWith(SEALED)) return "sealed references are not supported by this version; use env:NAME";
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

/** How a reference is called in logs and warnings: its name, never its value. */
export function nameReference(reference: string, position: number): string {
  const name = envName(reference);
  return name === undefined ? `#${position}` : `${ENV}${name}`;
}
