import { isSupportedCountry } from "libphonenumber-js/min";
import { logLine } from "../platform/log-line.ts";
import { type Lookup, lookupIn } from "../platform/lookup.ts";
import type { Work } from "../platform/work.ts";
import { vendorOf } from "../vendors/index.ts";
import type { SourceSettings } from "../vendors/source-settings.ts";
import type { KeyPlace, Vendor } from "../vendors/vendor.ts";
import { explainSourceCipher } from "./check/source.ts";
import { DocumentCache, type Loaded } from "./documents/cache.ts";
import { faultText } from "./documents/fault-text.ts";
import type { Fault } from "./documents/parse.ts";
import { type FaultyPart, faultyPart } from "./faulty-part.ts";
import { parseKeptRelay, parseRelay } from "./parse-relay.ts";
import type { PlanName } from "./plan.ts";
import { remarkRelay, remarkSettings } from "./remarks.ts";
import { compileResponders, type Responder } from "./responders.ts";
import type { Role } from "./schema/access.ts";
import { type Alerts, alerts } from "./schema/alerts.ts";
import type { DestinationDocument } from "./schema/destination.ts";
import type { HoursDocument } from "./schema/hours.ts";
import type { RelayDocument } from "./schema/relay.ts";
import { type SignatureScheme, signatureHeader } from "./schema/signature.ts";
import type { GuardDocument, SourceDocument } from "./schema/source.ts";
import { isTimezone } from "./schema/timezone.ts";
import { secretsOf } from "./secrets/find-secrets.ts";
import { openSealed } from "./secrets/open-sealed.ts";
import { nameReference, resolveReference } from "./secrets/reference.ts";
import { type UnsetSecret, unsetSecrets } from "./unset.ts";
import { refuseUrl, urlRules } from "./url-rules.ts";

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

/** `askRefused`: a responder is configured, and nothing is sent to its URL. */
export type LiveGuard = GuardDocument & { readonly askRefused?: boolean | undefined };

/** An account at a vendor: where its webhooks come in, what proves them, and how they are read. */
export interface Source extends SourceSettings {
  readonly vendor: Vendor;
  readonly auth: readonly KeyPlace[];
  readonly keys: readonly LiveKey[];
  readonly encryption: readonly LiveCipher[];
  readonly scrub: readonly string[];
  readonly onStoreError: "deny" | "allow";
  /** Milliseconds. */
  readonly storeTimeoutMs: number;
  readonly guard: LiveGuard;
  /** Who answers its questions that are no logins, by kind. */
  readonly responders: ReadonlyMap<string, Responder>;
  /** The zone that is configured is none: when a time is that comes without one, nobody can tell. */
  readonly timezoneFaulty?: boolean | undefined;
  /** So long it may be silent before somebody is told; where nobody said, what is usual counts. */
  readonly silentAfter?: number | undefined;
  /** When that counts. */
  readonly hours?: HoursDocument | undefined;
  /** How its webhooks are signed; where they are not, a key is presented. */
  readonly signature?: SignatureScheme | undefined;
}

/** A URL of the user that gets events: which, in what form, and what signs them. */
export interface Destination extends DestinationDocument {
  readonly id: string;
  /** The part of its configuration for whose faults nothing is sent to it. */
  readonly faulty?: FaultyPart | undefined;
}

/** What the operator configured, ready for use. */
export interface Relay {
  readonly sources: ReadonlyMap<string, Source>;
  readonly destinations: readonly Destination[];
  /** Every secret value of the document, and what looks like one: none of them may be stored or logged. */
  readonly secrets: ReadonlySet<string>;
  /** Roles of those whom Cloudflare Access has signed in. */
  readonly access?: Readonly<Record<string, Role>> | undefined;
  readonly plan?: PlanName | undefined;
  /** From when on it is told of what is wrong. */
  readonly alerts?: Alerts | undefined;
  /** References that stand for nothing: what they are to prove or to sign is refused or held. */
  readonly unset?: readonly UnsetSecret[] | undefined;
}

/** More remarks are not told in one log line. */
const MAX_REMARKS = 20;

/** The document's, and its key in KV. */
const NAME = "relay";
const cache = new DocumentCache<RelayDocument>();
const compiled = new WeakMap<RelayDocument, Relay>();

export type LoadedRelay = Exclude<Loaded<Relay>, { state: "missing" }>;

/** The configuration in force. Never rejects; `unreadable` when neither KV nor the log holds one. */
export function loadRelay({ env, now, defer }: Work): LoadedRelay | Promise<LoadedRelay> {
  const fresh = cache.fresh(NAME, now);
  const relay = fresh === undefined ? undefined : compiled.get(fresh.value);
  return fresh === undefined || relay === undefined ? load({ env, now, defer }) : { ...fresh, value: relay };
}

async function load({ env, now, defer }: Work): Promise<LoadedRelay> {
  const lookup = lookupIn(env);
  const loaded = await cache.load(
    {
      name: NAME,
      key: NAME,
      kv: env.CONFIG,
      log: env.LOG,
      parse: (text) => parseRelay(text, urlRules(lookup)),
      parseKept: (text) => parseKeptRelay(text, urlRules(lookup)),
      missing: "fault",
      defer,
    },
    now,
  );
  if (loaded.state !== "ready") return { ...loaded, state: "unreadable" };
  const relay = compiled.get(loaded.value) ?? putInForce(loaded, await openSealed(loaded.value, lookup), lookup);
  return { ...loaded, value: relay };
}

/** Forgets the configuration, as a new isolate would. */
export function forgetRelay(): void {
  cache.clear();
}

/** A version that is new to this isolate; what is remarkable about it is logged once. */
function putInForce({ value, version, faulty = [] }: ReadyDocument, opened: RelayDocument, lookup: Lookup): Relay {
  const known = compiled.get(value);
  if (known !== undefined) return known;
  const relay = compile(value, opened, faulty, lookup);
  compiled.set(value, relay);
  const remarks = [...remarkRelay(value, lookup, opened), ...remarkSettings(lookup)];
  if (remarks.length > 0) {
    logLine("warn", "config.remarks", {
      version,
      remarks: remarks.slice(0, MAX_REMARKS).map(faultText),
      more: Math.max(0, remarks.length - MAX_REMARKS),
    });
  }
  return relay;
}

type ReadyDocument = Extract<Loaded<RelayDocument>, { state: "ready" }>;

/** @param opened the document with what is sealed in it opened; what is sealed has its name from the document itself */
function compile(document: RelayDocument, opened: RelayDocument, faults: readonly Fault[], lookup: Lookup): Relay {
  const sources = Object.entries(opened.sources).map(([id, source]): [string, Source] => [
    id,
    compileSource(id, source, document.sources[id]?.keys ?? source.keys, lookup),
  ]);
  const destinations = Object.entries(opened.destinations).map(([id, destination]) => ({
    id,
    ...destination,
    faulty: faultyPart(id, faults),
  }));
  return {
    sources: new Map(sources),
    destinations,
    secrets: secretsOf(document, lookup, opened),
    access: document.access,
    plan: document.plan,
    alerts: alerts.parse(document.alerts ?? {}),
    unset: unsetSecrets(document, lookup),
  };
}

/** What is faulty in a source is left out alone: it goes on receiving. */
function compileSource(id: string, source: SourceDocument, written: readonly string[], lookup: Lookup): Source {
  const { timezone, region, guard, encryption = [] } = source;
  const vendor: Vendor = vendorOf(source.vendor);
  return {
    ...source,
    id,
    vendor,
    auth: placesOf(source, vendor),
    timezone: timezone !== undefined && isTimezone(timezone) ? timezone : undefined,
    timezoneFaulty: timezone !== undefined && !isTimezone(timezone),
    region: region !== undefined && isSupportedCountry(region) ? region : undefined,
    guard:
      guard.ask === undefined || refuseUrl(guard.ask, urlRules(lookup)) === undefined
        ? guard
        : { ...guard, ask: undefined, askRefused: true },
    responders: compileResponders(source.responders, vendor, lookup),
    keys: source.keys.flatMap((reference, position) => {
      const value = resolveReference(reference, lookup, "key");
      return value === undefined ? [] : { name: nameReference(written[position] ?? reference, position), value };
    }),
    encryption: encryption
      .filter(({ cipher }) => explainSourceCipher(cipher, vendor) === undefined)
      .map((entry) => ({ ...entry, key: resolveReference(entry.key, lookup, "encryption") })),
  };
}

/** Where a source's key stands; a signed webhook has its signature there. */
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
