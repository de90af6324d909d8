import type { Source } from "../../config/load-relay.ts";
import { namesIn } from "../keys/place-names.ts";

/** What must be known of a source to tell its fields from what else a request carries. */
export type OwnNames = Pick<Source, "vendor" | "auth" | "encryption">;

/** Tells which parameters carry a key or an iv, and are no fields; in a body a key may stand as in a query, too. */
export function ownNamesOf({ vendor, auth, encryption }: OwnNames, place: "query" | "body"): (name: string) => boolean {
  const usual = vendor.encryption === undefined ? [] : [ivParameter()];
  const keys = [...namesIn("query", auth), ...(place === "body" ? namesIn("body", auth) : [])];
  const names = new Set([...keys, ...usual, ...encryption.map(({ iv }) => ivParameter(iv))]);
  return (name) => names.has(name);
}

/** `query:iv` names the parameter `iv`, which is also the one that VCC Live's documentation has. */
export function ivParameter(iv = "query:iv"): string {
  return iv.replace(/^query:/, "");
}
