import type { LiveKey, Source } from "../../config/load-relay.ts";
import type { Incoming } from "../body/incoming.ts";
import { type Glance, peek } from "../body/peek.ts";
import { evenKeysOf } from "./even-length.ts";
import { evenOut, signingWorkOf } from "./even-out.ts";
import { presentedKeys } from "./places.ts";
import { prove } from "./prove.ts";
import { proveSignature, showsSignature, signedForms } from "./signature.ts";

/** The live key that a request showed, if it did; whether it showed any; and what was seen of its body. */
export interface Proof {
  readonly key: LiveKey | undefined;
  /** It was signed, under this message id if the scheme has one. */
  readonly signed?: { readonly id?: string | undefined } | undefined;
  readonly presented: boolean;
  readonly body: Glance["state"] | "not_looked_at";
}

type Keys = Pick<Source, "vendor" | "auth" | "keys" | "encryption" | "generic" | "signature">;

/**
 * Proves a request by its signature, by a key beside its body, or by one inside. A body is looked into only for want of
 * anything else, and then for every source alike; a request that proves nothing costs the same work whatever source it
 * names. Never rejects.
 * @param sources all of the configuration: what any of them would cost, each costs
 * @param now milliseconds since the epoch
 */
export async function proveRequest(
  source: Keys,
  incoming: Incoming,
  sources: ReadonlyMap<string, Source>,
  now: number,
): Promise<Proof> {
  const { auth, keys, signature } = source;
  const even = await evenKeysOf(sources);
  const beside = signature === undefined ? await prove(presentedKeys(auth, incoming, []), keys, even) : undefined;
  if (beside !== undefined) return { key: beside, presented: true, body: "not_looked_at" };
  const forms = await signedForms(incoming);
  const signer = signature && (await proveSignature(signature, keys, incoming.headers, forms, now));
  if (signer !== undefined) {
    return { key: signer.key, signed: { id: signer.id }, presented: true, body: "not_looked_at" };
  }
  const seen = await peek(incoming, source);
  const shown = presentedKeys(auth, incoming, seen.state === "read" ? seen.bodies : []);
  const inside = await prove(signature === undefined ? shown : [], keys, even);
  if (inside === undefined) await evenOut(source, signingWorkOf(sources), forms);
  const presented = signature === undefined ? shown.length > 0 : showsSignature(signature, incoming.headers);
  return { key: inside, presented, body: seen.state };
}
