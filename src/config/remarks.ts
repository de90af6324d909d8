import type { Fault } from "./documents/parse.ts";
import type { Lookup } from "./reference.ts";
import type { RelayDocument } from "./relay.ts";

const LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"];

/**
 * What is remarkable about a valid configuration: secrets written into it, destinations without signature, and
 * references that stand for nothing.
 * @param lookup undefined where nobody knows the Worker's secrets
 */
export function remarkRelay({ sources, destinations }: RelayDocument, lookup: Lookup | undefined): Fault[] {
  const secrets = [
    ...Object.entries(sources).flatMap(([id, { keys, encryption = [] }]) => [
      ...keys.map((value, position) => ({ path: `sources.${id}.keys.${position}`, value })),
      ...encryption.map(({ key }, position) => ({ path: `sources.${id}.encryption.${position}.key`, value: key })),
    ]),
    ...Object.entries(destinations).flatMap(([id, { secrets }]) =>
      secrets.map((value, position) => ({ path: `destinations.${id}.secrets.${position}`, value })),
    ),
  ];
  return [
    ...secrets.flatMap(({ path, value }) => {
      const message = remarkSecret(value, lookup);
      return message === undefined ? [] : [{ path, message }];
    }),
    ...Object.entries(destinations).flatMap(([id, { secrets }]) =>
      secrets.length > 0 ? [] : [{ path: `destinations.${id}.secrets`, message: "its deliveries are not signed" }],
    ),
  ];
}

function remarkSecret(value: string, lookup: Lookup | undefined): string | undefined {
  if (!value.startsWith("env:")) return "a secret in the configuration itself; env:NAME keeps it out";
  return lookup === undefined || lookup(value.slice("env:".length)) !== undefined
    ? undefined
    : `${value} is not set: wrangler secret put ${value.slice("env:".length)}`;
}

/** That events would name a schema which nobody but this machine can read, because nobody said where the Worker is reached. */
export function remarkPublicUrl(lookup: Lookup): Fault[] {
  const url = lookup("PUBLIC_URL") ?? "";
  return URL.canParse(url) && LOCAL_HOSTS.includes(new URL(url).hostname)
    ? [{ path: "PUBLIC_URL", message: "names this machine; set it in wrangler.toml to where the Worker is reached" }]
    : [];
}
