import * as z from "zod";
import { envName, resolveReference } from "../../config/secrets/reference.ts";
import { readJson } from "../../platform/read-json.ts";
import type { VendorId } from "../../vendors/index.ts";
import { demoSecrets, demoSourceOf } from "../demo/documents.ts";
import { readDevVars } from "../local/dev-vars.ts";
import { Refusal } from "../refusal.ts";
import { isLocal, tokenFor } from "../relay/client.ts";

/** What somebody said of where a webhook goes. */
export interface GivenTarget {
  readonly source?: string | undefined;
  readonly key?: string | undefined;
}

const LIMIT_MS = 3000;

const sourcesOf = z.object({
  sources: z.record(z.string(), z.object({ vendor: z.string(), keys: z.array(z.string()) })),
});
type Sources = z.infer<typeof sourcesOf>["sources"];

/**
 * The source of a vendor and its key: what was said, else what the relay on this machine has in force, with its key from
 * .dev.vars; else the demo's. No other relay is shown a token or asked for names of secrets.
 */
export async function findTarget(
  base: string,
  vendor: VendorId,
  { source, key }: GivenTarget,
): Promise<{ readonly source: string; readonly key: string }> {
  const sources = source !== undefined && key !== undefined ? {} : await readSources(base);
  const own = Object.entries(sources).flatMap(([id, one]) => (one.vendor === vendor ? id : []));
  const demo = demoSourceOf(vendor);
  const id = source ?? (demo !== undefined && own.includes(demo) ? demo : own[0]) ?? demo;
  if (id === undefined) throw new Refusal(`the relay has no source of ${vendor}; name one by --source and --key`);
  return { source: id, key: key ?? keyOf(sources[id]?.keys ?? []) ?? demoSecrets.DEMO_KEY };
}

/** The sources in force; none where they cannot be seen. */
async function readSources(base: string): Promise<Sources> {
  const token = isLocal(base) ? tokenFor(base, {}) : undefined;
  if (token === undefined) return {};
  try {
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(`${base}/api/config`, { headers, signal: AbortSignal.timeout(LIMIT_MS) });
    return sourcesOf.safeParse(readJson(await response.text())).data?.sources ?? {};
  } catch {
    return {};
  }
}

/** The value of the first reference that stands for a key on this machine. */
function keyOf(references: readonly string[]): string | undefined {
  const known: NodeJS.Dict<string> = { ...demoSecrets, ...readDevVars().values };
  return references
    .filter((reference) => envName(reference) !== undefined)
    .map((reference) => resolveReference(reference, (name) => known[name], "key"))
    .find((value) => value !== undefined);
}
