import { parseRelay } from "../../config/parse-relay.ts";
import { keyPlaceholder, kindsInUrl, type Paste } from "../../config/paste.ts";
import { vendorOf } from "../../vendors/index.ts";
import { pasteUrl } from "../paste.ts";
import { Refusal } from "../refusal.ts";
import { paint } from "../terminal.ts";

/**
 * What to paste into each vendor, and the page that tells where. Keys are not shown: `npx hookswitch url` puts one in.
 * @param relay the configuration in force, as JSON text
 */
export function pasteList(relay: string, address: string): string[] {
  const parsed = parseRelay(relay, { allowPrivate: false, publicUrl: address });
  const sources = parsed.state === "invalid" ? {} : parsed.value.sources;
  return Object.entries(sources).flatMap(([id, source]) => {
    const kinds = kindsInUrl(source);
    const key = keyPlaceholder(source.keys[0] ?? "");
    const urls = (kinds.length === 0 ? [undefined] : kinds).map((kind) =>
      pasteOrWhyNot(address, id, source, kind, key),
    );
    const [hint] = urls.flatMap((paste) => paste.hint ?? []);
    return [
      `  ${id}, ${vendorOf(source.vendor).name}  ${paint("dim", `docs/vendors/${source.vendor}.md`)}`,
      ...urls.map(({ url }) => `    ${paint("cyan", url)}`),
      ...(hint === undefined ? [] : [`    ${hint}`]),
    ];
  });
}

/** A URL that the vendor does not take is told in its place. */
function pasteOrWhyNot(...given: Parameters<typeof pasteUrl>): Paste {
  try {
    return pasteUrl(...given);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { url: error.message };
  }
}
