import type { Lookup } from "../platform/lookup.ts";
import { isLoopback } from "./host.ts";

/** Whose signatures count, and for which application they have to be made. */
export interface AccessSettings {
  /** The issuer: the team's own origin. */
  readonly issuer: string;
  readonly audiences: readonly string[];
}

const TEAM = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i;

/** Cloudflare Access as the variables `ACCESS_TEAM` and `ACCESS_AUD` name it; undefined where they do not. */
export function accessSettings(lookup: Lookup): AccessSettings | undefined {
  const issuer = issuerOf(lookup("ACCESS_TEAM") ?? "");
  const audiences = (lookup("ACCESS_AUD") ?? "").split(/[\s,]+/).filter((one) => one !== "");
  return issuer === undefined || audiences.length === 0 ? undefined : { issuer, audiences };
}

/** `acme`, `acme.cloudflareaccess.com`, or a whole origin; that keys are read over http is for this machine only. */
function issuerOf(team: string): string | undefined {
  if (TEAM.test(team)) return `https://${team.toLowerCase()}.cloudflareaccess.com`;
  const text = team.includes("://") || !team.includes(".") ? team : `https://${team}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, origin, href } = new URL(text);
  const isBare = href === `${origin}/`;
  return isBare && (protocol === "https:" || (protocol === "http:" && isLoopback(hostname))) ? origin : undefined;
}
