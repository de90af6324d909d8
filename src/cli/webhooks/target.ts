import * as z from "zod";
import { type KeyPlaces, keyPlaces } from "../../config/schema/key-place.ts";
import { type SignatureScheme, signature } from "../../config/schema/signature.ts";
import { envName, resolveReference } from "../../config/secrets/reference.ts";
import { readJson } from "../../platform/read-json.ts";
import type { VendorId } from "../../vendors/index.ts";
import { demoSecrets, demoSourceOf } from "../demo/documents.ts";
import { readDevVars } from "../local/dev-vars.ts";
import { Refusal } from "../refusal.ts";
import { isLocal, tokenFor } from "../relay/client.ts";
import { ownKeyOf, readOwnSources } from "./own-sources.ts";
import type { SendTarget } from "./request.ts";

/** What somebody said of where a webhook goes. */
export interface GivenTarget {
  readonly source?: string | undefined;
  readonly key?: string | undefined;
  /** File of the operator's own configuration, which tells how a source is proved. */
  readonly config?: string | undefined;
}

/** `isDemoKey`: nobody named a key, and none was found. */
export type FoundTarget = Omit<SendTarget, "base"> & { readonly isDemoKey: boolean };

const LIMIT_MS = 3000;

/** How a webhook to a source is proved. */
interface Proof {
  readonly vendor: string;
  readonly key: string | undefined;
  readonly auth?: KeyPlaces | undefined;
  readonly signature?: SignatureScheme | undefined;
}

const sourcesOf = z.object({
  sources: z.record(
    z.string(),
    z.object({
      vendor: z.string(),
      keys: z.array(z.string()),
      auth: keyPlaces.optional().catch(undefined),
      signature: signature.optional().catch(undefined),
    }),
  ),
});

/**
 * The source of a vendor and what proves a webhook to it: what was said, else what the operator's own file says, or the
 * relay on this machine with its key from .dev.vars; else the demo's. No other relay is shown a token or asked for names
 * of secrets.
 */
export async function findTarget(
  base: string,
  vendor: VendorId,
  { source, key, config }: GivenTarget,
): Promise<FoundTarget> {
  const proofs = config === undefined ? await askRelay(base) : await readFileOf(config);
  const own = Object.entries(proofs).flatMap(([id, one]) => (one.vendor === vendor ? id : []));
  const demo = demoSourceOf(vendor);
  const id = source ?? (demo !== undefined && own.includes(demo) ? demo : own[0]) ?? demo;
  if (id === undefined) throw new Refusal(`the relay has no source of ${vendor}; name one by --source and --key`);
  const proof = Object.hasOwn(proofs, id) ? proofs[id] : undefined;
  if (proof === undefined && vendor === "generic") {
    throw new Refusal(
      `only its configuration tells whether ${id} signs, and its key must not be sent then; --config names it`,
    );
  }
  const found = key ?? proof?.key;
  return {
    source: id,
    key: found ?? demoSecrets.DEMO_KEY,
    auth: proof?.auth,
    signature: proof?.signature,
    isDemoKey: found === undefined,
  };
}

type Proofs = Readonly<Record<string, Proof>>;

async function readFileOf(config: string): Promise<Proofs> {
  const sources = Object.entries(await readOwnSources(config));
  return Object.fromEntries(sources.map(([id, one]) => [id, { ...one, key: ownKeyOf(one) }]));
}

/** The sources in force on this machine; none where they cannot be seen. */
async function askRelay(base: string): Promise<Proofs> {
  const token = isLocal(base) ? tokenFor(base, {}) : undefined;
  if (token === undefined) return {};
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${base}/api/config`, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
    const { sources } = sourcesOf.parse(readJson(await response.text()));
    return Object.fromEntries(Object.entries(sources).map(([id, one]) => [id, { ...one, key: keyOf(one.keys) }]));
  } catch {
    return {};
  }
}

/** The value of the first reference that stands for a key on this machine: the demo's, or one of .dev.vars. */
export function keyOf(references: readonly string[]): string | undefined {
  const known: NodeJS.Dict<string> = { ...demoSecrets, ...readDevVars().values };
  return references
    .filter((reference) => envName(reference) !== undefined)
    .map((reference) => resolveReference(reference, (name) => known[name], "key"))
    .find((value) => value !== undefined);
}
