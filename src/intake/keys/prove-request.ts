import type { LiveKey, Source } from "../../config/load.ts";
import { type Glance, glance } from "../body/glance.ts";
import type { Incoming } from "../body/incoming.ts";
import { presentedKeys } from "./places.ts";
import { prove } from "./prove.ts";
import { proveSignature } from "./signature.ts";

/** The live key that a request showed, if it did; whether it showed any; and what was seen of its body. */
export interface Proof {
  readonly key: LiveKey | undefined;
  readonly presented: boolean;
  readonly body: Glance["state"] | "not_looked_at";
}

type Keys = Pick<Source, "vendor" | "auth" | "keys" | "encryption" | "signature">;

/**
 * Proves a request by its signature, by a key beside its body, or by one inside. A body is looked into only for want of
 * anything else, and then for every source alike. Never rejects.
 * @param now milliseconds since the epoch
 */
export async function proveRequest(source: Keys, incoming: Incoming, now: number): Promise<Proof> {
  const { auth, keys, signature } = source;
  const beside = presentedKeys(auth, incoming, undefined);
  const key = await (signature === undefined ? prove(beside, keys) : proveSignature(signature, keys, incoming, now));
  if (key !== undefined) return { key, presented: true, body: "not_looked_at" };
  const seen = await glance(incoming, source);
  const presented = presentedKeys(auth, incoming, seen.state === "read" ? seen.body : undefined);
  const inside = await prove(signature === undefined ? presented : [], keys);
  return { key: inside, presented: presented.length > 0, body: seen.state };
}
