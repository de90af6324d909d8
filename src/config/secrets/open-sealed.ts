import type { Lookup } from "../../platform/lookup.ts";
import type { DestinationDocument } from "../schema/destination.ts";
import type { RelayDocument } from "../schema/relay.ts";
import type { ResponderDocument } from "../schema/responders.ts";
import type { SourceDocument } from "../schema/source.ts";
import { isSealed, type Use } from "./reference.ts";
import { openValue, type SealingKeys, sealingKeysIn } from "./sealed.ts";
import { originOf } from "./secret-url.ts";

/** Opens one text of a source or destination; what is not sealed, or does not open there, stays as it is. */
type Open = (text: string, use: Use) => Promise<string>;

/**
 * A configuration with what is sealed in it as it was before: each value only at the place that it was sealed for. Never
 * rejects; it is done once for a version, and no text leaves the isolate's memory.
 */
export async function openSealed(document: RelayDocument, lookup: Lookup): Promise<RelayDocument> {
  const keys = await sealingKeysIn(lookup);
  if (keys.current === undefined && keys.previous === undefined) return document;
  const sources = Object.entries(document.sources).map(
    async ([id, source]) => [id, await openSource(source, (origin) => opener("sources", id, keys, origin))] as const,
  );
  const destinations = Object.entries(document.destinations).map(
    async ([id, one]) => [id, await openSent(one, opener("destinations", id, keys, originOf(one.url)))] as const,
  );
  return {
    ...document,
    sources: Object.fromEntries(await Promise.all(sources)),
    destinations: Object.fromEntries(await Promise.all(destinations)),
  };
}

async function openSource(
  { keys, encryption, responders, ...source }: SourceDocument,
  openFor: (origin?: string) => Open,
): Promise<SourceDocument> {
  const open = openFor();
  const ciphers = encryption?.map(async (entry) => ({ ...entry, key: await open(entry.key, "encryption") }));
  const opened = async (one: ResponderDocument) => openSent(one, openFor(originOf(one.ask)));
  const { search, ivr } = responders ?? {};
  return {
    ...source,
    keys: await Promise.all(keys.map((key) => open(key, "key"))),
    ...(ciphers === undefined ? {} : { encryption: await Promise.all(ciphers) }),
    // Their order stays: secrets are told apart by it.
    responders: responders && {
      ...responders,
      ...(search === undefined ? {} : { search: await opened(search) }),
      ...(ivr === undefined ? {} : { ivr: await opened(ivr) }),
    },
  };
}

/** A destination or a responder, with what it is sent. */
async function openSent<Sent extends Pick<DestinationDocument, "secrets" | "headers">>(
  { secrets, headers, ...rest }: Sent,
  open: Open,
) {
  const named = Object.entries(headers).map(async ([name, text]) => [name, await open(text, "header")] as const);
  return {
    ...rest,
    secrets: await Promise.all(secrets.map((secret) => open(secret, "signing"))),
    headers: Object.fromEntries(await Promise.all(named)),
  };
}

function opener(part: "sources" | "destinations", id: string, keys: SealingKeys, origin?: string): Open {
  return async (text, use) => {
    if (!isSealed(text)) return text;
    const place = { part, id, use, ...(use === "header" ? { origin } : {}) };
    return (await openValue(text, place, keys.current)) ?? (await openValue(text, place, keys.previous)) ?? text;
  };
}
