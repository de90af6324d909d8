import { parseRelay } from "../../../config/parse-relay.ts";
import { parsePermissions } from "../../../login/store/parse-permissions.ts";
import { vendorOf } from "../../../vendors/index.ts";
import { asksAboutLogins } from "../../../vendors/vendor.ts";
import type { FirstDocument } from "./plan.ts";

/** The sources of a configuration whose vendor asks who may log in. */
export function sourcesThatAsk(relay: string): string[] {
  const asks = ([, { vendor }]: readonly [string, SourceIn]) => asksAboutLogins(vendorOf(vendor));
  return Object.entries(sourcesIn(relay))
    .filter(asks)
    .map(([id]) => id);
}

/** What nobody should overlook about the documents that a deploy leaves in force. */
export function remarkDocuments(
  first: readonly FirstDocument[],
  relay: string | undefined,
  mapless: readonly string[],
): string[] {
  const sources = sourcesIn(relay ?? "");
  const maps = first.filter(({ binding }) => binding === "PERMISSIONS");
  return [
    ...mapless.map((id) => `${id} asks who may log in, and there is no permissions/${id}.json: nobody is let in`),
    ...maps
      .filter(({ key }) => !Object.hasOwn(sources, key))
      .map(({ file, key }) => `${file} is the map of no source: there is no ${key}`),
    ...maps
      .filter(({ text }) => letsEverybodyIn(text))
      .map(({ file, key }) => `${file} lets everybody of ${key} log in to everything`),
  ];
}

type SourceIn = ReturnType<typeof sourcesIn>[string];

function sourcesIn(relay: string) {
  const parsed = parseRelay(relay, { allowPrivate: true });
  return parsed.state === "invalid" ? {} : parsed.value.sources;
}

function letsEverybodyIn(text: string): boolean {
  const parsed = parsePermissions(text);
  if (parsed.state === "invalid") return false;
  const { default: everybody = [], groups = {}, users = {}, usernames = {} } = parsed.value;
  const isAlone = [groups, users, usernames].every((part) => Object.keys(part).length === 0);
  return isAlone && [everybody].flat().some(({ allow, deny }) => allow === "*" && deny === undefined);
}
