import { demoSecrets } from "./demo-documents.ts";
import type { LocalSettings } from "./settings.ts";

const ADMIN_TOKEN = "dev-admin-token";
const REFERENCE = /"env:([A-Za-z_][A-Za-z0-9_]*)"/g;

/** The variables and secrets of the relay on this machine, and which references stand for nothing. */
export interface LocalBindings {
  readonly values: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

/**
 * Binds what the configuration refers to: from the environment, else .dev.vars, else the demo's values.
 * @param relay the configuration as JSON text
 * @param declared what wrangler.toml and .dev.vars say
 */
export function bindLocally(
  relay: string,
  { port }: Pick<LocalSettings, "port">,
  environment: Readonly<Record<string, string | undefined>>,
  declared: Readonly<Record<string, string>>,
): LocalBindings {
  const names = [...new Set([...relay.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []))];
  const given = ["ADMIN_TOKEN", ...names].flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  const values = {
    ADMIN_TOKEN,
    ...demoSecrets,
    ...declared,
    ...Object.fromEntries(given),
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOW_PRIVATE_DESTINATIONS: "true",
  };
  const known = new Map<string, string>(Object.entries(values));
  return { values, missing: names.filter((name) => (known.get(name) ?? "") === "") };
}
