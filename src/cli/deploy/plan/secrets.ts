import { randomBytes } from "node:crypto";
import { findSecrets } from "../../../config/secrets/find-secrets.ts";
import { envName } from "../../../config/secrets/reference.ts";
import { readJson } from "../../../platform/read-json.ts";
import type { SecretToSet } from "../cloud/upload.ts";
import { type FirstDocument, PUBLIC_URL } from "./plan.ts";

const KEY_BYTES = 32;

/**
 * What a relay needs: its own secrets, from the environment or else made anew, and those that its first documents name, as
 * far as .dev.vars has them (`declared`).
 */
export function wantedSecrets(
  documents: readonly FirstDocument[],
  address: string | undefined,
  environment: NodeJS.ProcessEnv,
  declared: NodeJS.Dict<string>,
): SecretToSet[] {
  return [
    givenOrMade("ADMIN_TOKEN", environment, () => randomBytes(KEY_BYTES).toString("base64url")),
    givenOrMade("RELAY_KEY", environment, () => randomBytes(KEY_BYTES).toString("base64")),
    ...(address === undefined ? [] : [{ name: PUBLIC_URL, value: address, isMade: false }]),
    ...namedIn(documents).flatMap((name) => {
      const value = declared[name] ?? "";
      return value === "" ? [] : [{ name, value, isMade: false }];
    }),
  ];
}

/** Secrets that first documents name, and that nobody has set: neither the Worker has them nor .dev.vars. */
export function unsetSecrets(
  documents: readonly FirstDocument[],
  live: readonly string[],
  declared: NodeJS.Dict<string>,
): string[] {
  return namedIn(documents).filter((name) => (declared[name] ?? "") === "" && !live.includes(name));
}

function namedIn(documents: readonly FirstDocument[]): string[] {
  const names = documents.flatMap(({ text }) =>
    findSecrets(readJson(text)).flatMap((secret) => envName(secret.text) ?? []),
  );
  return [...new Set(names)];
}

function givenOrMade(name: string, environment: NodeJS.ProcessEnv, make: () => string): SecretToSet {
  const given = environment[name];
  return given === undefined || given === ""
    ? { name, value: make(), isMade: true }
    : { name, value: given, isMade: false };
}
