import type { Lookup } from "../platform/lookup.ts";
import { findSecrets } from "./secrets/find-secrets.ts";
import { envName } from "./secrets/reference.ts";

/** A reference to a secret of the Worker that is not set. `path`: where it stands in the configuration. */
export interface UnsetSecret {
  readonly name: string;
  readonly path: string;
}

/** The references of a configuration that stand for nothing. */
export function unsetSecrets(document: unknown, lookup: Lookup): UnsetSecret[] {
  return findSecrets(document).flatMap(({ path, use, text }) => {
    const name = use === "url" ? undefined : envName(text);
    return name === undefined || lookup(name) !== undefined ? [] : { name, path: path.join(".") };
  });
}
