import { parseArgs } from "node:util";
import { parseRelay } from "../../config/schema/relay.ts";
import type { SourceDocument } from "../../config/schema/source.ts";
import { vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { readDocuments } from "../local/documents.ts";
import { readSettings } from "../local/settings.ts";
import { kindsInUrl, pasteUrl } from "../paste.ts";
import { Refusal, UsageError } from "../refusal.ts";

/** Prints the URL to paste into the vendor; where the key is not part of it, says so beside. */
export async function url(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      base: { type: "string", default: "http://localhost:8787" },
      key: { type: "string", default: "<key>" },
      config: { type: "string" },
    },
  });
  const [id, kind, ...rest] = positionals;
  if (id === undefined) throw new UsageError("which source?");
  if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(" ")}`);
  const source = await findSource(id, values.config);
  assertKind(source, kind);
  const paste = pasteUrl(values.base, id, source, kind, values.key);
  console.log(paste.url);
  if (paste.hint !== undefined) console.error(paste.hint);
  return 0;
}

/** The source in the operator's configuration, else in the demo's. */
async function findSource(id: string, config: string | undefined): Promise<SourceDocument> {
  const environment = config === undefined ? process.env : { ...process.env, HOOKSWITCH_CONFIG: config };
  const { relay } = await readDocuments({ ...readSettings(environment), permissions: undefined });
  const parsed = parseRelay(relay.text, true);
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
