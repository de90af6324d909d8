import { randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { findSecrets } from "../../config/secrets/find-secrets.ts";
import { envName } from "../../config/secrets/reference.ts";
import { readJson } from "../../platform/read-json.ts";
import { inProject } from "../local/project-path.ts";
import { type FirstDocument, type NewSecret, PUBLIC_URL } from "./plan.ts";

const KEY_BYTES = 32;

/** The relay's own secrets, made anew, and those that its first documents name, as far as .dev.vars has them. */
export function wantedSecrets(documents: readonly FirstDocument[], address: string | undefined): NewSecret[] {
  const file = inProject(".dev.vars");
  const declared = existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};
  const named = new Set(
    documents.flatMap(({ text }) => findSecrets(readJson(text)).flatMap((secret) => envName(secret.text) ?? [])),
  );
  return [
    { name: "ADMIN_TOKEN", value: randomBytes(KEY_BYTES).toString("base64url"), isNew: true },
    { name: "RELAY_KEY", value: randomBytes(KEY_BYTES).toString("base64"), isNew: true },
    ...(address === undefined ? [] : [{ name: PUBLIC_URL, value: address, isNew: false }]),
    ...[...named].flatMap((name) => {
      const value = declared[name];
      return value === undefined || value === "" ? [] : [{ name, value, isNew: false }];
    }),
  ];
}
