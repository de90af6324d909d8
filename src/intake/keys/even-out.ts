import type { Source } from "../../config/load-relay.ts";
import type { Bytes } from "./bytes.ts";
import { type Hash, hashOf, NO_SECRET, signBody } from "./signature.ts";

/** How many keys are tried with a hash, at most, by any source of a configuration. */
export type SigningWork = ReadonlyMap<Hash, number>;

const known = new WeakMap<ReadonlyMap<string, Source>, SigningWork>();

/** The work of signatures that any source of a configuration may ask for; counted once. */
export function signingWorkOf(sources: ReadonlyMap<string, Source>): SigningWork {
  const there = known.get(sources);
  if (there !== undefined) return there;
  const most = new Map<Hash, number>();
  for (const { signature, keys } of sources.values()) {
    if (signature === undefined) continue;
    const hash = hashOf(signature);
    most.set(hash, Math.max(most.get(hash) ?? 0, keys.length));
  }
  known.set(sources, most);
  return most;
}

/**
 * Does for a request that proved nothing what no signature of its own source asked for: so the time of a refusal tells
 * neither whether there is such a source, nor whether its webhooks are signed, nor with how many keys. Never rejects.
 */
export async function evenOut(
  { signature, keys }: Pick<Source, "signature" | "keys">,
  work: SigningWork,
  forms: readonly Bytes[],
): Promise<void> {
  const done = signature === undefined ? undefined : hashOf(signature);
  const rest = [...work].flatMap(([hash, most]) =>
    Array.from({ length: most - (hash === done ? keys.length : 0) }, () => hash),
  );
  // A scheme signs a copy, with its own words round the body.
  const contents = done === undefined && rest.length > 0 ? forms.map((bytes) => bytes.slice()) : forms;
  await Promise.all(rest.flatMap((hash) => contents.map((bytes) => signBody(NO_SECRET, hash, bytes))));
}
