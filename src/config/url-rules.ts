import type { Lookup } from "../platform/lookup.ts";
import { type HostRefusal, refuseHost } from "./host.ts";
import { leadsTo } from "./own-url.ts";

/** Why nothing is sent to a URL. */
export type UrlRefusal = "not_a_url" | "not_https" | "credentials" | HostRefusal | "port" | "itself";

/** What destinations may be. */
export interface UrlRules {
  /** http and private destinations are allowed: for local development only. */
  readonly allowPrivate: boolean;
  /** Ports that may be named. */
  readonly ports?: readonly number[] | undefined;
  /** Where the relay itself is reached: its events must not come back to it. */
  readonly publicUrl?: string | undefined;
}

const DEFAULT_PORTS: readonly number[] = [443, 8443];

/** The variables that were read last, and their rules: they are the same for as long as a Worker runs. */
let read: { readonly texts: string; readonly rules: UrlRules } | undefined;

/**
 * What destinations of this Worker may be: http and private ones, and other ports, only where a variable says so. The same
 * object for the same variables.
 */
export function urlRules(lookup: Lookup): UrlRules {
  const [listed, allowed, publicUrl] = [
    lookup("DESTINATION_PORTS"),
    lookup("ALLOW_PRIVATE_DESTINATIONS"),
    lookup("PUBLIC_URL"),
  ];
  const texts = JSON.stringify([listed, allowed, publicUrl]);
  if (read?.texts === texts) return read.rules;
  const ports = listed?.split(",").map((text) => Number(text.trim()));
  const rules = {
    allowPrivate: allowed === "true",
    ports: ports?.filter((port) => Number.isInteger(port) && port > 0) ?? DEFAULT_PORTS,
    publicUrl,
  };
  read = { texts, rules };
  return rules;
}

/**
 * Judges a destination by what can be seen in its URL; undefined when it may be sent to. What a public name resolves
 * to is the platform's to refuse: Workers reach no private network (`global_fetch_strictly_public`).
 */
export function refuseUrl(
  text: string,
  { allowPrivate, ports = DEFAULT_PORTS, publicUrl }: UrlRules,
): UrlRefusal | undefined {
  if (!URL.canParse(text)) return "not_a_url";
  const url = new URL(text);
  const { protocol, username, password, hostname, port } = url;
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:")) return "not_https";
  if (username !== "" || password !== "") return "credentials";
  if (leadsTo(url, publicUrl)) return "itself";
  if (allowPrivate) return undefined;
  return refuseHost(hostname) ?? (port === "" || ports.includes(Number(port)) ? undefined : "port");
}

const sentences: Readonly<Record<UrlRefusal, string>> = {
  not_a_url: "not a URL",
  not_https: "only https is delivered to",
  credentials: "no user or password in the URL; use headers",
  ip_literal: "a name is needed, not an IP address",
  private_name: "not a name of the public internet",
  port: "this port is not allowed; DESTINATION_PORTS lists those that are",
  itself: "the relay itself is reached there, and its events must not come back to it",
};

/** Why nothing is sent to a URL, for the operator; undefined when it may be sent to. Never repeats the URL. */
export function explainUrl(url: string, rules: UrlRules): string | undefined {
  const reason = refuseUrl(url, rules);
  return reason && `${reason}: ${sentences[reason]}`;
}
