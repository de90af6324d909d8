import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { findSecrets } from "../../../config/secrets/find-secrets.ts";
import { envName } from "../../../config/secrets/reference.ts";
import { readJson } from "../../../platform/read-json.ts";
import { inProject } from "../../local/project-path.ts";
import { type FirstDocument, PUBLIC_URL, type SecretToSet } from "./plan.ts";

const KEY_BYTES = 32;

/**
 * What a relay needs: its own secrets, from the environment or else made anew, and those that its first documents name, as
 * far as .dev.vars has them.
 */
export function wantedSecrets(
  documents: readonly FirstDocument[],
  address: string | undefined,
  environment: NodeJS.ProcessEnv,
): SecretToSet[] {
  const file = inProject(".dev.vars");
  const declared = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  const named = new Set(
    documents.flatMap(({ text }) => findSecrets(readJson(text)).flatMap((secret) => envName(secret.text) ?? [])),
  );
  return [
    givenOrMade("ADMIN_TOKEN", environment, () => randomBytes(KEY_BYTES).toString("base64url")),
    givenOrMade("RELAY_KEY", environment, () => randomBytes(KEY_BYTES).toString("base64")),
    ...(address === undefined ? [] : [{ name: PUBLIC_URL, value: address, isMade: false }]),
    ...[...named].flatMap((name) => {
      const value = declared[name];
      return value === undefined || value === "" ? [] : [{ name, value, isMade: false }];
    }),
  ];
}

function givenOrMade(name: string, environment: NodeJS.ProcessEnv, make: () => string): SecretToSet {
  const given = environment[name];
  return given === undefined || given === ""
    ? { name, value: make(), isMade: true }
    : { name, value: given, isMade: false };
}
