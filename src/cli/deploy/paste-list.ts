import { parseRelay } from "../../config/parse-relay.ts";
import { vendorOf } from "../../vendors/index.ts";
import { keyPlaceholder, kindsInUrl, pasteUrl } from "../paste.ts";
import { columns, paint } from "../terminal.ts";

/**
 * What to paste into each vendor, and the page that tells where.
 * @param relay the configuration in force, as JSON text
 */
export function pasteList(relay: string, address: string): string[] {
  const parsed = parseRelay(relay, { allowPrivate: false, publicUrl: address });
  const sources = parsed.state === "invalid" ? {} : parsed.value.sources;
  const rows = Object.entries(sources).flatMap(([id, source]) => {
    const { name } = vendorOf(source.vendor);
    const kinds = kindsInUrl(source);
    const key = keyPlaceholder(source.keys[0] ?? "");
    return (kinds.length === 0 ? [undefined] : kinds).map((kind, at) => {
      const { url, hint } = pasteUrl(address, id, source, kind, key);
      const [whose, page] = at === 0 ? [`${id}  ${name}`, `docs/vendors/${source.vendor}.md`] : ["", ""];
      return [whose, paint("cyan", url), hint ?? "", paint("dim", page)];
    });
  });
  return columns(rows);
}
