import { logLine } from "../log/line.ts";
import { vendorOf } from "../vendors/index.ts";
import type { KeyPlace, SourceSettings, Vendor } from "../vendors/vendor.ts";
import type { DestinationDocument } from "./destination.ts";
import { DocumentCache, type Loaded } from "./document.ts";
import { DEFAULT_PORTS } from "./guard.ts";
import { type Lookup, lookupIn, nameReference, resolveReference } from "./reference.ts";
import { parseRelay, type RelayDocument } from "./relay.ts";
import { remarkPublicUrl, remarkRelay } from "./remarks.ts";
import { type SignatureScheme, signatureHeader } from "./signature.ts";
import type { GuardDocument, SourceDocument } from "./source.ts";

/** A key that is live now: the name of its reference and its value. */
export interface LiveKey {
  readonly name: string;
  readonly value: string;
}

/** One way in which bodies may be encrypted; its key is undefined when the reference resolves to nothing. */
export interface LiveCipher {
  readonly cipher: string;
  readonly key: string | undefined;
  readonly iv?: string | undefined;
  readonly required: boolean;
}

export interface Source extends SourceSettings {
  readonly vendor: Vendor;
  readonly auth: readonly KeyPlace[];
  readonly keys: readonly LiveKey[];
  readonly encryption: readonly LiveCipher[];
  readonly scrub: readonly string[];
  readonly onStoreError: "deny" | "allow";
  /** Milliseconds. */
  readonly storeTimeoutMs: number;
  readonly guard: GuardDocument;
  /** How its webhooks are signed; where they are not, a key is presented. */
  readonly signature?: SignatureScheme | undefined;
}

export interface Destination extends DestinationDocument {
  readonly id: string;
}

/** What the operator configured, ready for use. */
export interface Relay {
  readonly sources: ReadonlyMap<string, Source>;
  readonly destinations: readonly Destination[];
  /** Every secret value named in the document: none of them may be stored or logged. */
  readonly secrets: ReadonlySet<string>;
}

/** In one log line. */
const MOST_REMARKS = 20;

const cache = new DocumentCache<RelayDocument>();
const compiled = new WeakMap<RelayDocument, Relay>();

export type LoadedRelay = Exclude<Loaded<Relay>, { state: "missing" }>;

/** The configuration in force. Never rejects; `unreadable` when neither KV nor the log holds one. */
export async function loadRelay(
  env: Env,
  behind: (work: Promise<unknown>) => void,
  now: number = Date.now(),
): Promise<LoadedRelay> {
  const lookup = lookupIn(env);
  const loaded = await cache.load(
    {
      name: "relay",
      key: "relay",
      kv: env.CONFIG,
      log: env.LOG,
      parse: (text) => parseRelay(text, allowsPrivate(lookup), allowedPorts(lookup)),
      missing: "fault",
      behind,
    },
    now,
  );
  if (loaded.state !== "ready") return { ...loaded, state: "unreadable" };
  const relay = compiled.get(loaded.value) ?? putInForce(loaded.value, loaded.version, lookup);
  return { ...loaded, value: relay };
}

/** Forgets the configuration, as a new isolate would. */
export function forgetRelay(): void {
  cache.clear();
}

/** Whether destinations may be http or private: for local development only. */
export function allowsPrivate(lookup: Lookup): boolean {
  return lookup("ALLOW_PRIVATE_DESTINATIONS") === "true";
}

/** The ports that destinations may name: `DESTINATION_PORTS`, a list with commas. */
export function allowedPorts(lookup: Lookup): readonly number[] {
  const listed = lookup("DESTINATION_PORTS")
    ?.split(",")
    .map((text) => Number(text.trim()));
  return listed?.filter((port) => Number.isInteger(port) && port > 0) ?? DEFAULT_PORTS;
}

/** A version that is new to this isolate; what is remarkable about it is logged once. */
function putInForce(document: RelayDocument, version: string, lookup: Lookup): Relay {
  const relay = compile(document, lookup);
  compiled.set(document, relay);
  const remarks = [...remarkRelay(document, lookup), ...(allowsPrivate(lookup) ? [] : remarkPublicUrl(lookup))];
  if (remarks.length > 0) {
    logLine("warn", "config.remarks", {
      version,
      remarks: remarks.slice(0, MOST_REMARKS).map(({ path, message }) => `${path}: ${message}`),
      more: Math.max(0, remarks.length - MOST_REMARKS),
    });
  }
  return relay;
}

function compile(document: RelayDocument, lookup: Lookup): Relay {
  const sources = Object.entries(document.sources).map(([id, source]): [string, Source] => [
    id,
    compileSource(id, source, lookup),
  ]);
  const destinations = Object.entries(document.destinations).map(([id, destination]) => ({ id, ...destination }));
  return { sources: new Map(sources), destinations, secrets: secretsOf(document, lookup) };
}

function compileSource(id: string, source: SourceDocument, lookup: Lookup): Source {
  const vendor = vendorOf(source.vendor);
  return {
    ...source,
    id,
    vendor,
    auth: placesOf(source, vendor),
    keys: source.keys.flatMap((reference, position) => {
      const value = resolveReference(reference, lookup);
      return value === undefined ? [] : { name: nameReference(reference, position), value };
    }),
    encryption: (source.encryption ?? []).map((entry) => ({ ...entry, key: resolveReference(entry.key, lookup) })),
  };
}

/** Of a signed webhook, the place of its signature. */
function placesOf({ auth, signature }: SourceDocument, vendor: Vendor): readonly KeyPlace[] {
  if (signature !== undefined) return [{ in: "header", name: signatureHeader(signature) }];
  const places = auth ?? vendor.auth;
  return ("in" in places ? [places] : places).map((place) => ({
    ...place,
    name: place.name ?? usualName(place, vendor),
  }));
}

/** The name that the vendor uses at such a place by itself. */
function usualName(place: KeyPlace, vendor: Vendor): string | undefined {
  return vendor.auth.find((usual) => usual.in === place.in)?.name;
}

function secretsOf(document: RelayDocument, lookup: Lookup): Set<string> {
  const references = [
    ...Object.values(document.sources).flatMap(({ keys, encryption = [] }) => [
      ...keys,
      ...encryption.map(({ key }) => key),
    ]),
    ...Object.values(document.destinations).flatMap(({ secrets }) => secrets),
  ];
  return new Set(references.flatMap((reference) => resolveReference(reference, lookup) ?? []));
}
