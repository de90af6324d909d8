import * as z from "zod";
import { destination } from "./destination.ts";
import { type Fault, type Parsed, parseDocument } from "./documents/parse.ts";
import { DEFAULT_PORTS, type RefusalReason, refuseUrl, type UrlRules } from "./guard.ts";
import { source, sourceId } from "./source.ts";

/** The document at key `relay` of the `CONFIG` namespace. */
export const relay = z.strictObject({
  $schema: z.string().optional(),
  sources: z.record(sourceId, source),
  destinations: z.record(sourceId, destination).default({}),
});

export type RelayDocument = z.infer<typeof relay>;

const refusals: Readonly<Record<RefusalReason, string>> = {
  not_a_url: "not a URL",
  not_https: "only https is delivered to",
  credentials: "no user or password in the URL; use headers",
  private_address: "not an address of the public internet",
  ip_literal: "a name is needed, not an IP address",
  private_name: "not a name of the public internet",
  port: "this port is not allowed; DESTINATION_PORTS lists those that are",
};

/**
 * The configuration document.
 * @param allowPrivate destinations may be http and private (local development)
 * @param ports those that destinations may name
 */
export function parseRelay(
  text: string,
  allowPrivate: boolean,
  ports: readonly number[] = DEFAULT_PORTS,
): Parsed<RelayDocument> {
  return parseDocument(text, relay, (document) => checkUrls(document, { allowPrivate, ports }));
}

/** URLs that nothing is sent to. */
function checkUrls({ sources, destinations }: RelayDocument, rules: UrlRules): Fault[] {
  const urls = [
    ...Object.entries(destinations).map(([id, { url }]) => [`destinations.${id}.url`, url] as const),
    ...Object.entries(sources).map(([id, { guard }]) => [`sources.${id}.guard.ask`, guard.ask] as const),
  ];
  return urls.flatMap(([path, url]): Fault[] => {
    const reason = url === undefined ? undefined : refuseUrl(url, rules);
    return reason === undefined ? [] : [{ path, message: `${reason}: ${refusals[reason]}` }];
  });
}
