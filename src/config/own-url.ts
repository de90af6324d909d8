import { isLoopback, refuseHost } from "./host.ts";

const SCHEME_PORTS: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };

/**
 * Whether a URL leads to the relay itself. A public name is the relay's at every port, since Cloudflare answers for all of
 * it; on a machine or network at hand each port is a program of its own.
 * @param publicUrl where the relay is reached, should it lack its scheme, too
 */
export function leadsTo(url: URL, publicUrl: string | undefined): boolean {
  const text = publicUrl === undefined || /^https?:/i.test(publicUrl) ? (publicUrl ?? "") : `https://${publicUrl}`;
  if (!URL.canParse(text)) return false;
  const own = new URL(text);
  const sameHost = hostOf(url) === hostOf(own) || (isLoopback(url.hostname) && isLoopback(own.hostname));
  return sameHost && (refuseHost(own.hostname) === undefined || portOf(url) === portOf(own));
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/\.$/, "");
}

function portOf({ port, protocol }: URL): string {
  return port === "" ? (SCHEME_PORTS[protocol] ?? "") : port;
}
