import { parseRelay } from "../../config/parse-relay.ts";
import type { SourceDocument } from "../../config/schema/source.ts";
import { resolveReference } from "../../config/secrets/reference.ts";
import { readDevVars } from "../local/dev-vars.ts";
import { readSettings } from "../local/settings.ts";
import { readDocuments } from "../local/state/documents.ts";

/** Sources by id. */
export type Sources = Readonly<Record<string, SourceDocument>>;

/** The sources of the operator's own configuration, else the demo's. */
export async function readOwnSources(config: string | undefined): Promise<Sources> {
  const environment = config === undefined ? process.env : { ...process.env, HOOKSWITCH_CONFIG: config };
  const { relay } = await readDocuments({ ...readSettings(environment), permissions: undefined });
  const parsed = parseRelay(relay.text, { allowPrivate: true });
  return parsed.state === "invalid" ? {} : parsed.value.sources;
}

/**
 * The first key of a source in the operator's own file that the environment or .dev.vars has. Of a configuration that
 * somebody else has written nothing may be looked up so: it could name any variable.
 */
export function ownKeyOf({ keys }: SourceDocument): string | undefined {
  const known: NodeJS.Dict<string> = { ...readDevVars().values, ...process.env };
  return keys
    .filter((reference) => reference.trim().startsWith("env:"))
    .map((reference) => resolveReference(reference, (name) => known[name], "key"))
    .find((value) => value !== undefined);
}
