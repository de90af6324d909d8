import * as z from "zod";
import { readNewestVersions } from "../../log/documents/newest-versions.ts";
import { mapZoneOf, placePermissions } from "../../login/store/permissions.ts";
import { openText, userName } from "../../platform/shown.ts";
import { toInstant } from "../../platform/time/instant.ts";
import { asksAboutLogins } from "../../vendors/vendor.ts";
import { operation, Refusal } from "../operation.ts";
import { relayInForce } from "../relay-in-force.ts";

const item = z.object({
  source: openText,
  vendor: openText,
  zone: openText.describe("the source's IANA zone"),
  mode: z.enum(["enforce", "shadow"]),
  version: z
    .object({ version: z.number(), hash: openText, who: userName, since: z.iso.datetime() })
    .optional()
    .describe("the newest version of its map; absent when there is none"),
});

/** `GET /api/permissions` */
export const listMaps = operation({
  who: "supervisor",
  summary: "The sources that ask who may log in, and the newest version of the map of each",
  takes: {},
  gives: z.object({ items: z.array(item) }),
  refusals: ["not_ready"],
  run: async (request) => {
    const relay = await relayInForce(request);
    if (relay instanceof Refusal) return relay;
    const asking = [...relay.sources.values()].filter(({ vendor }) => asksAboutLogins(vendor));
    const named = asking.map((source) => ({ source, name: placePermissions(request.env, source).name }));
    const newest = await readNewestVersions(
      request.env.LOG,
      named.map(({ name }) => name),
    );
    return {
      items: named.map(({ source, name }) => {
        const there = newest.get(name);
        return {
          source: source.id,
          vendor: source.vendor.id,
          zone: mapZoneOf(source),
          mode: source.guard.mode,
          ...(there === undefined
            ? {}
            : { version: { version: there.version, hash: there.hash, who: there.who, since: toInstant(there.at) } }),
        };
      }),
    };
  },
});
