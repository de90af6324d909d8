import * as z from "zod";
import type { Relay, Source } from "../../config/load-relay.ts";
import { countBySource } from "../../log/counts/by-source.ts";
import { readKeyUses } from "../../log/ledger/key-use.ts";
import { openText } from "../../platform/shown.ts";
import { DAY_MS, dayOf, toInstant } from "../../platform/time/instant.ts";
import type { ApiRequest } from "../operation.ts";
import { reachedAt } from "./paste.ts";

const count = z.int();
const time = z.iso.datetime().nullable();

/** A source, as the API shows it. */
export const sourceView = z.object({
  id: openText,
  vendor: openText,
  product: openText.describe("the vendor's product, as people write it"),
  url: openText.describe("where its webhooks come in; GET /api/sources/:id has it for each kind"),
  zone: openText.nullable().describe("IANA zone of times that come without one"),
  signed: z.boolean().describe("its webhooks are signed with the keys; else they bring one"),
  places: z.array(openText).describe("where a key is looked for"),
  keys: z.array(
    z.object({
      name: openText.describe("of the reference: never the key"),
      set: z.boolean().describe("false: it stands for nothing, and proves nothing"),
      last: time.describe("when it proved a webhook or a login last; null: not yet"),
    }),
  ),
  last: time.describe("when any key of it did"),
  refused: z.object({
    since: z.iso.date().describe("the UTC day from which on refused requests are counted here: yesterday"),
    times: count,
  }),
  drift: count.describe("how much came in its webhooks that nobody expected"),
});

/** Tells of sources. Rejects when the log cannot be read. */
export async function describeSources(
  sources: readonly Source[],
  relay: Relay,
  request: ApiRequest,
): Promise<z.input<typeof sourceView>[]> {
  const { env, now } = request;
  const base = reachedAt(request);
  const since = dayOf(now - DAY_MS);
  const [uses, counts] = await Promise.all([readKeyUses(env.LOG), countBySource(env.LOG, since)]);
  return sources.map((source) => {
    const { id, vendor, timezone, signature, auth } = source;
    const used = new Map(uses.filter((one) => one.source === id).map(({ key, last }) => [key, last]));
    const lastOf = (name: string) => toTime(used.get(name));
    return {
      id,
      vendor: vendor.id,
      product: vendor.name,
      url: `${base}/in/${id}`,
      zone: timezone ?? null,
      signed: signature !== undefined,
      places: auth.map((place) => [place.in, place.name ?? []].flat().join(" ")),
      keys: [
        ...source.keys.map(({ name }) => ({ name, set: true, last: lastOf(name) })),
        ...unsetOf(id, relay).map((name) => ({ name, set: false, last: lastOf(name) })),
      ],
      last: toTime(used.size === 0 ? undefined : Math.max(...used.values())),
      refused: { since, times: counts.refused.get(id) ?? 0 },
      drift: counts.drift.get(id) ?? 0,
    };
  });
}

/** The references of its keys that stand for nothing. */
function unsetOf(id: string, { unset = [] }: Relay): string[] {
  return unset.flatMap(({ path, name }) => (path.startsWith(`sources.${id}.keys.`) ? `env:${name}` : []));
}

function toTime(at: number | undefined): string | null {
  return at === undefined ? null : toInstant(at);
}
