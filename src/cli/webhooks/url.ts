import { parseRelay } from "../../config/parse-relay.ts";
import type { SourceDocument } from "../../config/schema/source.ts";
import { vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { readDocuments } from "../local/documents.ts";
import { readSettings } from "../local/settings.ts";
import { kindsInUrl, pasteUrl } from "../paste.ts";
import { Refusal } from "../refusal.ts";
import { localRelayUrl } from "../relay/client.ts";

/** What stands in the URL, and in which configuration the source is. */
export interface UrlOptions {
  /** Where the vendor reaches the relay; on this machine, unless given. */
  readonly base?: string | undefined;
  readonly key: string;
  readonly config?: string | undefined;
}

/** Prints the URL to paste into the vendor; where the key is not part of it, says so beside. */
export async function printUrl(id: string, kind: string | undefined, options: UrlOptions): Promise<void> {
  const { base = localRelayUrl(), key, config } = options;
  const source = await findSource(id, config);
  assertKind(source, kind);
  const paste = pasteUrl(base, id, source, kind, key);
  console.log(paste.url);
  if (paste.hint !== undefined) console.error(paste.hint);
}

/** The source in the operator's configuration, else in the demo's. */
async function findSource(id: string, config: string | undefined): Promise<SourceDocument> {
  const environment = config === undefined ? process.env : { ...process.env, HOOKSWITCH_CONFIG: config };
  const { relay } = await readDocuments({ ...readSettings(environment), permissions: undefined });
  const parsed = parseRelay(relay.text, { allowPrivate: true });
  const sources = parsed.state === "invalid" ? {} : parsed.value.sources;
  const source = Object.hasOwn(sources, id) ? sources[id] : undefined;
  if (source === undefined) {
    throw new Refusal(`there is no source ${id}; there are ${Object.keys(sources).join(", ")}`);
  }
  return source;
}

function assertKind(source: SourceDocument, kind: string | undefined): void {
  const vendor: Vendor = vendorOf(source.vendor);
  const needed = kindsInUrl(source);
  if (kind === undefined && needed.length > 0) {
    throw new Refusal(`${vendor.name} does not name its kinds; add one of ${needed.join(", ")}`);
  }
  const refused = Object.entries(vendor.refused ?? {}).find(([word]) => word === kind)?.[1];
  if (refused !== undefined) throw new Refusal(refused);
  const known = [...vendor.kinds, ...Object.keys(vendor.aliases ?? {})];
  if (kind !== undefined && known.length > 0 && !known.includes(kind)) {
    throw new Refusal(`${vendor.name} has no kind ${kind}; there are ${vendor.kinds.join(", ")}`);
  }
}
