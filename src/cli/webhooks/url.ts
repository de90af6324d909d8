import { kindsInUrl, type Paste } from "../../config/paste.ts";
import type { SourceDocument } from "../../config/schema/source.ts";
import { vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { UsageError } from "../arguments.ts";
import { pasteUrl } from "../paste.ts";
import { Refusal } from "../refusal.ts";
import { isLocal, localRelayUrl, type RelayOptions } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";
import { ownKeyOf, readOwnSources, type Sources } from "./own-sources.ts";
import { readLocalSources, readRelaySources } from "./relay-sources.ts";
import { keyOf } from "./target.ts";

/** What stands in the URL, and in which configuration the source is. */
export interface UrlOptions extends RelayOptions {
  /** Where the vendor reaches the relay; on this machine, unless given. */
  readonly base?: string | undefined;
  readonly key?: string | undefined;
  readonly config?: string | undefined;
  /** Every kind, of the source that is named or of all. */
  readonly all?: boolean | undefined;
  readonly json?: boolean | undefined;
}

/** Prints the URL to paste into the vendor; where the key is not part of it, says so beside. */
export async function printUrl(id: string | undefined, kind: string | undefined, options: UrlOptions): Promise<void> {
  if (!options.all && id === undefined) throw new UsageError("which source? or --all");
  const known = await findSources(options);
  const { sources } = known;
  if (id === undefined || options.all) {
    return printAll(id === undefined ? known : { ...known, sources: { [id]: findSource(sources, id) } }, kind, options);
  }
  const source = findSource(sources, id);
  assertKind(source, kind);
  const { json = false } = options;
  const { url, hint } = pasteUrl(baseOf(options), id, source, kind, keyFor(source, known, options));
  console.log(json ? JSON.stringify({ source: id, kind, url, hint, screen: screenOf(source) }) : url);
  if (!json && hint !== undefined) console.error(hint);
}

/** Prints the URL of every kind, with the place in the vendor where it goes. */
function printAll(known: KnownSources, kind: string | undefined, options: UrlOptions): void {
  if (kind !== undefined) throw new UsageError("either a kind, or --all");
  const { json = false } = options;
  const rows = Object.entries(known.sources).flatMap(([id, source]) => {
    const kinds = kindsInUrl(source);
    return (kinds.length === 0 ? [undefined] : kinds).map((one) => {
      const paste = pasteUrl(baseOf(options), id, source, one, keyFor(source, known, options));
      return { source: id, kind: one, ...paste, screen: screenOf(source) };
    });
  });
  console.log(json ? JSON.stringify(rows, undefined, 2) : listRows(rows));
}

interface Row extends Paste {
  readonly source: string;
  readonly kind: string | undefined;
  readonly screen: string | undefined;
}

function listRows(rows: readonly Row[]): string {
  const lines = Object.entries(Object.groupBy(rows, ({ source }) => source)).flatMap(([id, group = []]) => [
    `${paint("bold", id)}  ${[group[0]?.screen ?? "", group[0]?.hint ?? ""].filter((text) => text !== "").join("; ")}`,
    ...columns(group.map((row) => [row.kind ?? "every kind", row.url])),
  ]);
  return lines.join("\n");
}

function findSource(sources: Sources, id: string): SourceDocument {
  const source = Object.hasOwn(sources, id) ? sources[id] : undefined;
  if (source === undefined) {
    throw new Refusal(`there is no source ${id}; there are ${Object.keys(sources).join(", ")}`);
  }
  return source;
}

/** The key that was given, else one that this machine knows. */
function keyFor(source: SourceDocument, { lookUp }: KnownSources, { key }: UrlOptions): string {
  return key ?? lookUp(source) ?? "<key>";
}

function baseOf({ base, url }: UrlOptions): string {
  return base ?? url ?? localRelayUrl();
}

/** Sources, and what finds a key of theirs on this machine. */
interface KnownSources {
  readonly sources: Sources;
  readonly lookUp: (source: SourceDocument) => string | undefined;
}

/**
 * The sources that are meant: of the file that was named; of the relay that was named, whose keys are its own to know; of the
 * relay on this machine; else the demo's.
 */
async function findSources({ config, url, base, token }: UrlOptions): Promise<KnownSources> {
  const isFile = config !== undefined || (process.env.HOOKSWITCH_CONFIG ?? "") !== "";
  if (!isFile && url !== undefined) {
    const lookUp = (source: SourceDocument) => (isLocal(url) ? keyOf(source.keys) : undefined);
    return { sources: await readRelaySources({ url, token }), lookUp };
  }
  const here = isFile || (base !== undefined && !isLocal(base)) ? undefined : await readLocalSources(token);
  if (here !== undefined) return { sources: here, lookUp: ({ keys }) => keyOf(keys) };
  return { sources: await readOwnSources(config), lookUp: ownKeyOf };
}

function screenOf(source: SourceDocument): string | undefined {
  const vendor: Vendor = vendorOf(source.vendor);
  return vendor.screen === undefined ? undefined : `${vendor.name}: ${vendor.screen}`;
}

function assertKind(source: SourceDocument, kind: string | undefined): void {
  const vendor: Vendor = vendorOf(source.vendor);
  const needed = kindsInUrl(source);
  if (kind === undefined && needed.length > 0) {
    throw new Refusal(`${vendor.name} does not name its kinds; add one of ${needed.join(", ")}, or --all`);
  }
  if (kind !== undefined && needed.includes(kind)) return;
  const refused = Object.entries(vendor.refused ?? {}).find(([word]) => word === kind)?.[1];
  if (refused !== undefined) throw new Refusal(refused);
  const known = [...vendor.kinds, ...Object.keys(vendor.aliases ?? {})];
  if (kind !== undefined && known.length > 0 && !known.includes(kind)) {
    throw new Refusal(`${vendor.name} has no kind ${kind}; there are ${vendor.kinds.join(", ")}`);
  }
}
