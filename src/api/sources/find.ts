import * as z from "zod";
import type { Source } from "../../config/load-relay.ts";
import type { OfKinds, Pasted } from "../../config/paste.ts";
import type { Work } from "../../platform/work.ts";
import { vendorIds } from "../../vendors/index.ts";
import { Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";

/** The path of one source. */
export const sourcePath = z.object({ id: z.string() });

/** A source of the configuration in force, or why there is none. */
export async function findSource(id: string, work: Work): Promise<Source | Refusal<"not_found" | "not_ready">> {
  const relay = await relayInForce(work);
  if (relay instanceof Refusal) return relay;
  return relay.sources.get(id) ?? new Refusal("not_found", "No source has this id in the configuration in force.");
}

/** What its URLs are made for. */
export function pastedOf({ vendor, auth, signature, responders }: Source): Pasted & OfKinds {
  const known = vendorIds.find((one) => one === vendor.id) ?? "generic";
  return { vendor: known, auth: [...auth], signature, responders: Object.fromEntries(responders) };
}
