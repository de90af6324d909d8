import { eventTypes } from "../events/types.ts";
import type { Lookup } from "../platform/lookup.ts";
import { accessSettings } from "./access-settings.ts";
import { explainPath } from "./check/event-path.ts";
import { explainValue } from "./check/secret.ts";
import { explainWeakKey } from "./check/weak-key.ts";
import { type Fault, withNear } from "./documents/parse.ts";
import { isLoopback } from "./host.ts";
import type { RelayDocument } from "./schema/relay.ts";
import type { RespondersDocument } from "./schema/responders.ts";
import { findSecrets, looksSecret, type Secret } from "./secrets/find-secrets.ts";
import { envName, isReference, isSealed, resolveReference } from "./secrets/reference.ts";
import { settingWarnings } from "./settings.ts";

/** Receivers take 8 or 16 KB of headers in all. */
const MANY_HEADERS_CHARACTERS = 4096;

/**
 * What is remarkable about a valid configuration: secrets written into it, keys that can be guessed, destinations without
 * signature or with a `where` that nothing meets, and references that stand for nothing, or for what can never work.
 * @param lookup undefined where nobody knows the Worker's secrets
 * @param opened the same document, with what is sealed in it opened
 */
export function remarkRelay(
  document: RelayDocument,
  lookup: Lookup | undefined,
  opened: RelayDocument = document,
): Fault[] {
  const texts = findSecrets(opened);
  const keys = lookup === undefined ? new Map<string, string>() : keysOf(opened, lookup);
  return [
    ...findSecrets(document).flatMap((secret, position) => [
      ...toRemark(secret, remarkLiteral(secret)),
      ...toRemark(secret, lookup && remarkValue(secret, opened, lookup, keys)),
      ...toRemark(secret, lookup && remarkSealed(secret, texts[position]?.text ?? secret.text, opened, lookup, keys)),
      ...toRemark(secret, remarkKey(secret, lookup)),
    ]),
    ...(document.access !== undefined && lookup !== undefined && accessSettings(lookup) === undefined
      ? [
          {
            path: "access",
            message: "nobody is let in by it: ACCESS_TEAM and ACCESS_AUD have to name Cloudflare Access",
          },
        ]
      : []),
    ...Object.entries(opened.sources).flatMap(([id, { responders }]) => remarkResponders(`sources.${id}`, responders)),
    ...Object.entries(opened.destinations).flatMap(([id, destination]) =>
      remarkDestination(`destinations.${id}`, destination, lookup),
    ),
  ];
}

/** The key that everybody knows, of sources to try on one's own machine. */
const DEMO_KEY = "demo-key";

function remarkKey({ use, text }: Secret, lookup: Lookup | undefined): string | undefined {
  const value = use === "key" ? resolveReference(text, lookup ?? (() => undefined), use) : undefined;
  const isDemo = value === DEMO_KEY && lookup?.("ALLOW_PRIVATE_DESTINATIONS") === "true";
  const weak = value === undefined || isDemo ? undefined : explainWeakKey(value);
  const name = envName(text);
  return weak === undefined || name === undefined ? weak : `env:${name}: ${weak}`;
}

function toRemark({ path }: Secret, message: string | undefined): Fault[] {
  return message === undefined ? [] : [{ path: path.join("."), message }];
}

/** Headers are told only when they look like a secret: most of them are none. */
function remarkLiteral({ path, use, text }: Secret): string | undefined {
  if (use === "url" || isReference(text)) return undefined;
  if (use === "header" && !looksSecret(String(path.at(-1)), text.trim())) return undefined;
  return `a secret in the configuration itself; env:${use === "header" ? "HEADER_…" : "NAME"} keeps it out`;
}

/** What a reference stands for is not part of the configuration, so that whatever is wrong with it is only a remark. */
function remarkValue(
  { path, use, text }: Secret,
  document: RelayDocument,
  lookup: Lookup,
  keys: Keys,
): string | undefined {
  const name = envName(text);
  if (use === "url" || name === undefined) return undefined;
  if (lookup(name) === undefined)
    return `env:${name} is not set: npx wrangler secret put ${name}, or on your machine a line of .dev.vars`;
  const value = resolveReference(text, lookup, use);
  if (value === undefined) return undefined;
  const holder = use === "key" ? document.sources[String(path[1])] : undefined;
  const message = explainValue(value, use, holder) ?? (use === "signing" ? remarkShared(value, keys) : undefined);
  return message === undefined ? undefined : `env:${name}: ${message}`;
}

/** What is sealed is judged as any value is, if it opens where it stands. */
function remarkSealed(
  { path, use, text }: Secret,
  opened: string,
  document: RelayDocument,
  lookup: Lookup,
  keys: Keys,
): string | undefined {
  if (use === "url" || !isSealed(text)) return undefined;
  // That nothing opens without RELAY_KEY is told once, and not here: on a developer's machine nobody but the relay has it.
  if (lookup("RELAY_KEY") === undefined) return undefined;
  if (isSealed(opened)) return "does not open here: it was sealed for another place, or under another RELAY_KEY";
  const holder = use === "key" ? document.sources[String(path[1])] : undefined;
  const message =
    explainValue(opened.trim(), use, holder) ??
    (use === "key" ? explainWeakKey(opened.trim()) : undefined) ??
    (use === "signing" ? remarkShared(opened.trim(), keys) : undefined);
  return message && `what is sealed here: ${message}`;
}

/** The values of keys, and the first source that has each. */
type Keys = ReadonlyMap<string, string>;

function keysOf({ sources }: RelayDocument, lookup: Lookup): Keys {
  const values = Object.entries(sources).flatMap(([id, { keys }]) =>
    keys.flatMap((key): [string, string][] => {
      const value = resolveReference(key, lookup, "key");
      return value === undefined ? [] : [[value, id]];
    }),
  );
  return new Map(values.toReversed());
}

function remarkShared(value: string, keys: Keys): string | undefined {
  const shared = keys.get(value);
  return shared && `the same value as a key of sources.${shared}`;
}

function remarkDestination(
  path: string,
  { secrets, headers, mask, where, events, sources, expireAfter }: RelayDocument["destinations"][string],
  lookup: Lookup | undefined,
): Fault[] {
  const size = Object.entries(headers).reduce(
    (sum, [name, value]) => sum + name.length + headerValue(value, lookup).length,
    0,
  );
  const unkeyed = lookup !== undefined && lookup("MASK_KEY") === undefined && lookup("RELAY_KEY") === undefined;
  return [
    ...(secrets.length > 0 ? [] : [{ path: `${path}.secrets`, message: "its deliveries are not signed" }]),
    ...(size > MANY_HEADERS_CHARACTERS
      ? [{ path: `${path}.headers`, message: "over 4 KB of headers: many receivers take 8 KB in all" }]
      : []),
    ...(events.length === 0 || sources.length === 0
      ? [{ path, message: "it gets nothing: it wants no type, or of no source" }]
      : []),
    ...(typeof expireAfter === "object" ? Object.keys(expireAfter) : []).flatMap((type) =>
      eventTypes.some((known) => known === type)
        ? []
        : withNear(
            { path: `${path}.expireAfter.${type}`, message: "no such event type, and none expires by it" },
            type,
            eventTypes,
          ),
    ),
    ...Object.keys(where).flatMap((name) => {
      const astray = explainPath(name);
      return astray === undefined ? [] : { path: `${path}.where.${name}`, ...astray };
    }),
    ...Object.entries(mask).flatMap(([name, action]) =>
      action === "pseudonym" && unkeyed
        ? [
            {
              path: `${path}.mask.${name}`,
              message: "removed until MASK_KEY or RELAY_KEY is set, which key the pseudonyms",
            },
          ]
        : [],
    ),
  ];
}

function remarkResponders(path: string, responders: RespondersDocument = {}): Fault[] {
  return Object.entries(responders).flatMap(([kind, one]) =>
    one?.secrets.length === 0
      ? [{ path: `${path}.responders.${kind}.secrets`, message: "its questions are not signed" }]
      : [],
  );
}

function headerValue(header: string, lookup: Lookup | undefined): string {
  return (lookup === undefined ? header : resolveReference(header, lookup, "header")) ?? "";
}

const ACCESS_INCOMPLETE =
  "Cloudflare Access lets nobody in: both are needed, ACCESS_TEAM (the team's name, or its https origin) and ACCESS_AUD";

/** What is remarkable about the Worker's own settings. */
export function remarkSettings(lookup: Lookup): Fault[] {
  const warnings = settingWarnings(lookup);
  return [
    ...(warnings.includes("public_url_invalid")
      ? [{ path: "PUBLIC_URL", message: "not a URL such as https://relay.example.com" }]
      : []),
    ...(namesThisMachine(lookup)
      ? [
          {
            path: "PUBLIC_URL",
            message: "names this machine; npm run deploy -- --url … sets it to where the Worker is reached",
          },
        ]
      : []),
    ...(warnings.includes("admin_token_missing")
      ? [{ path: "ADMIN_TOKEN", message: "not set: nobody can use the API; npm run deploy makes one" }]
      : []),
    ...(warnings.includes("access_incomplete") ? [{ path: "ACCESS_TEAM", message: ACCESS_INCOMPLETE }] : []),
    ...(warnings.includes("admin_token_short")
      ? [{ path: "ADMIN_TOKEN", message: "shorter than 16 characters; openssl rand -hex 32 makes a good one" }]
      : []),
  ];
}

/** Events would name a schema which nobody but this machine can read; for local development that is as it should be. */
function namesThisMachine(lookup: Lookup): boolean {
  const url = lookup("PUBLIC_URL") ?? "";
  const local = URL.canParse(url) && isLoopback(new URL(url).hostname);
  return local && lookup("ALLOW_PRIVATE_DESTINATIONS") !== "true";
}
