import { demoSecrets } from "../demo/documents.ts";
import type { LocalSettings } from "./settings.ts";

const ADMIN_TOKEN = "dev-admin-token";
/** Secrets of the relay itself, to which no configuration refers. */
const OWN_SECRETS = ["ADMIN_TOKEN", "RELAY_KEY", "RELAY_KEY_PREVIOUS"];
const REFERENCE = /"env:([A-Za-z_][A-Za-z0-9_]*)"/g;

/** The variables and secrets of the relay on this machine, and which references stand for nothing. */
export interface LocalBindings {
  readonly values: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
}

/** Where the values come from, the nearest first. */
export interface LocalValues {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What wrangler.toml and .dev.vars say. */
  readonly declared: Readonly<Record<string, string>>;
  /** The root secret that this machine made for itself. */
  readonly relayKey: string;
}

/**
 * Binds what the configuration refers to: from the environment, else .dev.vars, else the demo's values.
 * @param relay the configuration as JSON text
 */
export function bindLocally(
  relay: string,
  { port }: Pick<LocalSettings, "port">,
  { environment, declared, relayKey }: LocalValues,
): LocalBindings {
  const names = [...new Set([...relay.matchAll(REFERENCE)].flatMap(([, name]) => name ?? []))];
  const given = [...OWN_SECRETS, ...names].flatMap((name): [string, string][] => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value]];
  });
  const values = {
    ADMIN_TOKEN,
    RELAY_KEY: relayKey,
    ...demoSecrets,
    ...declared,
    ...Object.fromEntries(given),
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOW_PRIVATE_DESTINATIONS: "true",
  };
  const known = new Map<string, string>(Object.entries(values));
  return { values, missing: names.filter((name) => (known.get(name) ?? "") === "") };
}
