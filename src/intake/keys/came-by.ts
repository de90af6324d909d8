import { vendorIds, vendorOf } from "../../vendors/index.ts";
import type { KeyPlace } from "../../vendors/vendor.ts";
import type { Incoming } from "../body/incoming.ts";
import { describePlace } from "./place-names.ts";
import { presentedKeys } from "./places.ts";

/** Where people put keys beside a body, whichever vendor it is. A name is told only if it is one of these. */
const USUAL: readonly KeyPlace[] = [
  ...vendorIds.flatMap((id) => vendorOf(id).auth),
  ...["key", "secret-key", "secret", "token", "api_key", "apikey", "api-key", "x-api-key"].map(
    (name): KeyPlace => ({ in: "query", name }),
  ),
  ...["authorization", "x-api-key", "api-key", "x-secret-key", "x-webhook-secret"].map(
    (name): KeyPlace => ({ in: "header", name }),
  ),
  { in: "path" },
];

/** In which of the usual places something stands that may be a key, where nobody looks for one: places, never values. */
export function cameBy(incoming: Incoming, lookedAt: readonly KeyPlace[]): string[] {
  const known = new Set(lookedAt.map(describePlace));
  const shown = USUAL.filter((place) => place.in !== "body" && presentedKeys([place], incoming, []).length > 0);
  return [...new Set(shown.map(describePlace))].filter((place) => !known.has(place));
}
