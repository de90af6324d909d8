import { randomBytes } from "node:crypto";
import { findSecrets } from "../../../config/secrets/find-secrets.ts";
import { envName } from "../../../config/secrets/reference.ts";
import { readJson } from "../../../platform/read-json.ts";
import { Refusal } from "../../refusal.ts";
import type { SecretToSet } from "../cloud/upload.ts";
import { PUBLIC_URL } from "../project/config.ts";

const KEY_BYTES = 32;

/** Bytes of a token that nobody guesses, as its characters. */
const MIN_TOKEN_CHARACTERS = 16;
const BASE64_OF_KEY = /^[A-Za-z0-9+/]{43}=$/;

/**
 * What a relay needs: its own secrets, from the environment or else made anew, and those that its configuration names, as
 * far as .dev.vars has them (`declared`).
 * @param relay the configuration as JSON text
 */
export function wantedSecrets(
  relay: string | undefined,
  address: string | undefined,
  environment: NodeJS.ProcessEnv,
  declared: NodeJS.Dict<string>,
): SecretToSet[] {
  return [
    ownSecret("ADMIN_TOKEN", environment, () => randomBytes(KEY_BYTES).toString("base64url")),
    ownSecret("RELAY_KEY", environment, () => randomBytes(KEY_BYTES).toString("base64")),
    ...(address === undefined ? [] : [{ name: PUBLIC_URL, value: address, from: "plan" as const }]),
    ...namedIn(relay).flatMap((name) => {
      const value = declared[name] ?? "";
      return value === "" ? [] : [{ name, value, from: ".dev.vars" as const }];
    }),
  ];
}

/** Secrets that the configuration names, and that nobody has set: neither the Worker has them nor .dev.vars. */
export function unsetSecrets(
  relay: string | undefined,
  live: readonly string[],
  declared: NodeJS.Dict<string>,
): string[] {
  return namedIn(relay).filter((name) => (declared[name] ?? "") === "" && !live.includes(name));
}

function namedIn(relay: string | undefined): string[] {
  const names = findSecrets(readJson(relay ?? "")).flatMap((secret) => envName(secret.text) ?? []);
  return [...new Set(names)];
}

function ownSecret(name: "ADMIN_TOKEN" | "RELAY_KEY", environment: NodeJS.ProcessEnv, make: () => string): SecretToSet {
  const given = environment[name];
  if (given === undefined || given === "") return { name, value: make(), from: "made" };
  const isGood = name === "RELAY_KEY" ? BASE64_OF_KEY.test(given) : given.length >= MIN_TOKEN_CHARACTERS;
  if (isGood) return { name, value: given, from: "environment" };
  const wanted = name === "RELAY_KEY" ? "32 bytes in base64" : `${MIN_TOKEN_CHARACTERS} characters or more`;
  throw new Refusal(`${name} in the environment is not ${wanted}; nothing was done`);
}
