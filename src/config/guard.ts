import { isSpecialV4, isSpecialV6, isV4 } from "./address.ts";

/** Why nothing is sent to a URL. */
export type RefusalReason =
  | "not_a_url"
  | "not_https"
  | "credentials"
  | "private_address"
  | "ip_literal"
  | "private_name"
  | "port";

/** What destinations may be. */
export interface UrlRules {
  /** http and private destinations are allowed: for local development only. */
  readonly allowPrivate: boolean;
  /** Ports that may be named. */
  readonly ports?: readonly number[] | undefined;
}

export const DEFAULT_PORTS: readonly number[] = [443, 8443];

/** Ends of names that no public resolver answers for, or that stand for the machine or network at hand. */
const PRIVATE_ENDS = [
  "localhost",
  "localdomain",
  "local",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "arpa",
];
/** Public names that resolve to whatever address is written into them, or to loopback. */
const MIRRORS = ["nip.io", "sslip.io", "xip.io", "localtest.me", "lvh.me", "vcap.me", "lacolhost.com"];

/**
 * Judges a destination by what can be seen in its URL; undefined when it may be sent to. What a public name resolves
 * to is the platform's to refuse: Workers reach no private network (`global_fetch_strictly_public`).
 */
export function refuseUrl(url: string, { allowPrivate, ports = DEFAULT_PORTS }: UrlRules): RefusalReason | undefined {
  if (!URL.canParse(url)) return "not_a_url";
  const { protocol, username, password, hostname, port } = new URL(url);
  if (protocol !== "https:" && !(allowPrivate && protocol === "http:")) return "not_https";
  if (username !== "" || password !== "") return "credentials";
  if (allowPrivate) return undefined;
  return refuseHost(hostname) ?? (port === "" || ports.includes(Number(port)) ? undefined : "port");
}

function refuseHost(hostname: string): RefusalReason | undefined {
  if (hostname.startsWith("[")) return isSpecialV6(hostname.slice(1, -1)) ? "private_address" : "ip_literal";
  const name = hostname.replace(/\.+$/, "");
  if (isV4(name)) return isSpecialV4(name) ? "private_address" : "ip_literal";
  const endsWith = (end: string) => name === end || name.endsWith(`.${end}`);
  return !name.includes(".") || [...PRIVATE_ENDS, ...MIRRORS].some(endsWith) ? "private_name" : undefined;
}
