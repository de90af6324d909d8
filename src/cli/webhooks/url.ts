import type { SourceDocument } from "../../config/schema/source.ts";
import { vendorOf } from "../../vendors/index.ts";
import type { Vendor } from "../../vendors/vendor.ts";
import { UsageError } from "../arguments.ts";
import { kindsInUrl, type Paste, pasteUrl } from "../paste.ts";
import { Refusal } from "../refusal.ts";
import { localRelayUrl } from "../relay/client.ts";
import { columns, paint } from "../terminal.ts";
import { ownKeyOf, readOwnSources, type Sources } from "./own-sources.ts";

/** What stands in the URL, and in which configuration the source is. */
export interface UrlOptions {
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
  const sources = await readOwnSources(options.config);
  if (options.all) return printAll(id === undefined ? sources : { [id]: findSource(sources, id) }, kind, options);
  if (id === undefined) throw new UsageError("which source? or --all");
  const source = findSource(sources, id);
  assertKind(source, kind);
  const { base = localRelayUrl(), json = false } = options;
  const { url, hint } = pasteUrl(base, id, source, kind, keyFor(source, options));
  console.log(json ? JSON.stringify({ source: id, kind, url, hint, screen: screenOf(source) }) : url);
  if (!json && hint !== undefined) console.error(hint);
}

/** Prints the URL of every kind, with the place in the vendor where it goes. */
function printAll(sources: Sources, kind: string | undefined, options: UrlOptions): void {
  if (kind !== undefined) throw new UsageError("either a kind, or --all");
  const { base = localRelayUrl(), json = false } = options;
  const rows = Object.entries(sources).flatMap(([id, source]) => {
    const kinds = kindsInUrl(source);
    return (kinds.length === 0 ? [undefined] : kinds).map((one) => {
      const paste = pasteUrl(base, id, source, one, keyFor(source, options));
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
function keyFor(source: SourceDocument, { key }: UrlOptions): string {
  return key ?? ownKeyOf(source) ?? "<key>";
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
