import { randomBytes } from "node:crypto";
import type { PlanName } from "../../config/plan.ts";
import { type VendorId, vendorOf } from "../../vendors/index.ts";
import { asksAboutLogins } from "../../vendors/vendor.ts";
import { demoSourceOf } from "../demo/documents.ts";

/** What a relay is to be begun with. */
export interface Wishes {
  readonly vendors: readonly VendorId[];
  /** IANA time zone of the contact center. */
  readonly zone: string;
  /** URLs of the destinations. */
  readonly destinations: readonly string[];
  /** Cloudflare's plan of the account, if somebody said. */
  readonly plan?: PlanName | undefined;
}

/** First documents, and the secrets that they name. */
export interface FirstDraft {
  readonly relay: object;
  /** Maps by source. */
  readonly permissions: Readonly<Record<string, object>>;
  readonly secrets: Readonly<Record<string, string>>;
}

const KEY_BYTES = 24;
const SECRET_BYTES = 32;

/** Nobody is locked out by a map that nobody has written yet. */
const starterMap = {
  default: { allow: "*", note: "everybody may log in to every project, until somebody writes rules" },
};

/** Makes first documents: one source of each vendor with a key of its own, and signed destinations that want everything. */
export function draftDocuments({ vendors, zone, destinations, plan }: Wishes): FirstDraft {
  const sources = vendors.map((vendor) => ({ vendor, id: demoSourceOf(vendor) ?? vendor }));
  const named = nameDestinations(destinations);
  return {
    relay: {
      ...(plan === undefined ? {} : { plan }),
      sources: Object.fromEntries(
        sources.map(({ vendor, id }) => [id, { vendor, keys: [`env:${keyName(id)}`], timezone: zone }]),
      ),
      destinations: Object.fromEntries(
        named.map(({ id, url }) => [id, { url, secrets: [`env:${secretName(id)}`], events: ["*"] }]),
      ),
    },
    permissions: Object.fromEntries(
      sources.filter(({ vendor }) => asksAboutLogins(vendorOf(vendor))).map(({ id }) => [id, starterMap]),
    ),
    secrets: Object.fromEntries([
      ...sources.map(({ id }) => [keyName(id), randomBytes(KEY_BYTES).toString("base64url")]),
      ...named.map(({ id }) => [secretName(id), `whsec_${randomBytes(SECRET_BYTES).toString("base64")}`]),
    ]),
  };
}

/** A destination is called as its host begins: `crm` for `https://crm.example.com/hooks`. */
function nameDestinations(urls: readonly string[]): { readonly id: string; readonly url: string }[] {
  const known = new Set<string>();
  return urls.map((url) => {
    const word = new URL(url).hostname.split(".")[0]?.replaceAll(/[^a-z0-9]/g, "-") || "receiver";
    let id = word;
    for (let times = 2; known.has(id); times++) id = `${word}-${times}`;
    known.add(id);
    return { id, url };
  });
}

function keyName(source: string): string {
  return `${toName(source)}_KEY`;
}

function secretName(destination: string): string {
  return `${toName(destination)}_SECRET`;
}

/** The beginning of a variable's name. */
function toName(id: string): string {
  const name = id.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_");
  return /^[0-9]/.test(name) ? `_${name}` : name;
}
