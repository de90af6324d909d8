import type { Source } from "../../config/load-relay.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { namesIn } from "../keys/place-names.ts";

/** What must be known of a source to tell its fields from what else a request carries. */
export type OwnNames = Pick<Source, "vendor" | "auth" | "encryption">;

/** Tells which parameters carry a key or an iv, and are no fields; in a body a key may stand as in a query, too. */
export function ownNamesOf({ vendor, auth, encryption }: OwnNames, place: "query" | "body"): (name: string) => boolean {
  const usual = vendor.encryption === undefined ? [] : [vendor.encryption.iv];
  const keys = [...namesIn("query", auth), ...(place === "body" ? namesIn("body", auth) : [])];
  const names = new Set([...keys, ...usual, ...encryption.map(({ iv }) => ivParameter(iv, vendor))]);
  return (name) => names.has(name);
}

/** The parameter that carries the iv: `query:nonce` of a source names `nonce`; by default the vendor's own. */
export function ivParameter(iv: string | undefined, { encryption }: Vendor): string {
  return iv?.replace(/^query:/, "") ?? encryption?.iv ?? "";
}
