import type { Json } from "../../src/events/json.ts";
import { type VendorId, vendorOf } from "../../src/vendors/index.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";

/** The JSON fixtures of all vendors by their paths, also where there are no files to be read. */
const bodies = import.meta.glob<Json>(["../vendors/*/*.json", "!**/*.expected.json", "!**/fixtures.json"], {
  eager: true,
  import: "default",
});

/** A body of one kind, with the kind in its URL where the vendor lists it. */
interface Body {
  readonly kind: string | undefined;
  readonly body: Json;
}

/** The longest body of each kind of a vendor, by the kind as it is resolved. */
export function eachKind(id: VendorId, source: SourceSettings): ReadonlyMap<string, Body> {
  const vendor = vendorOf(id);
  const longest = new Map<string, Body>();
  for (const [path, body] of Object.entries(bodies)) {
    const [, folder, name] = /([^/]+)\/([^/.]+)[^/]*$/.exec(path) ?? [];
    if (folder !== id) continue;
    const inUrl = vendor.kinds.find((known) => known === name);
    const { kind } = vendor.normalize({ kind: inUrl, body, receivedAt: 0 }, source);
    if (lengthOf(body) > lengthOf(longest.get(kind)?.body)) longest.set(kind, { kind: inUrl, body });
  }
  return longest;
}

function lengthOf(body: Json | undefined): number {
  return body === undefined ? 0 : JSON.stringify(body).length;
}
