import type { Json } from "../../src/events/json.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";
import { leavesOf, replaceAt, valueAt } from "../vendors/bodies.ts";
import { type Fixture, fixturesOf, toEvent } from "../vendors/fixtures.ts";
import { textPlaces, withDecisiveText, withText } from "../vendors/hostile-texts.ts";
import { EVIL, EVIL_URL, MARK } from "./payload.ts";

/** A webhook with hostile text in it. */
export interface HostileWebhook {
  readonly source: string;
  readonly kind: string | undefined;
  readonly body: Json;
}

/** The sources that hostile webhooks come from: the settings of each by its id. */
export type HostileSources = ReadonlyMap<string, { readonly vendor: string } & Record<string, unknown>>;

/** Every fixture of every vendor, with hostile text in all places that take it, and what sources they want. */
export async function makeHostile(): Promise<{ sources: HostileSources; webhooks: HostileWebhook[] }> {
  const sources = new Map<string, { vendor: string } & Record<string, unknown>>();
  const ids = new Map<string, string>();
  const webhooks: HostileWebhook[] = [];
  const odd = new Set<string>();
  for (const vendor of vendorIds.map(vendorOf)) {
    for (const fixture of fixturesOf(vendor)) {
      const { id: _, ...settings } = fixture.source;
      const key = `${vendor.id} ${JSON.stringify(settings)}`;
      const source = ids.get(key) ?? `${vendor.id}-${ids.size}`;
      ids.set(key, source);
      sources.set(source, { vendor: vendor.id, ...hostileLabels(settings) });
      const { kind, body } = fixture.webhook;
      const bodies = [withName(withText(body, textPlaces(body), EVIL)), await taken(vendor, fixture)];
      webhooks.push(...bodies.map((body) => ({ source, kind, body })));
      if (kind === undefined && !odd.has(vendor.id)) {
        odd.add(vendor.id);
        webhooks.push({ source, kind, body: withDecisiveText(body, EVIL) });
      }
    }
  }
  // A body may have no place for any text.
  return { sources, webhooks: webhooks.filter(({ body }) => JSON.stringify(body).includes(MARK)) };
}

/** A body with the text in each place where the event stays what it was: as far as the vendor's normalizer takes it. */
async function taken(vendor: Vendor, { webhook, source }: Fixture): Promise<Json> {
  const wanted = await shapeOf(vendor, webhook, source);
  let body = webhook.body;
  for (const place of textPlaces(body)) {
    const there = valueAt(body, place);
    const longer = typeof there === "string" ? [`${there}${EVIL}`] : [];
    for (const text of [EVIL, EVIL_URL, ...longer]) {
      const tried = replaceAt(body, place, text);
      if ((await shapeOf(vendor, { ...webhook, body: tried }, source)) !== wanted) continue;
      body = tried;
      break;
    }
  }
  const named = withName(body);
  return (await shapeOf(vendor, { ...webhook, body: named }, source)) === wanted ? named : body;
}

/** What of an event shows what was understood: its type, and which members there are. */
async function shapeOf(vendor: Vendor, webhook: Fixture["webhook"], source: SourceSettings): Promise<string> {
  const { type, data } = await toEvent(vendor, webhook, source);
  const { raw: _, ...read } = data;
  return JSON.stringify([type, leavesOf(JSON.parse(JSON.stringify(read)))]);
}

/** The text as the name of a member, at the top and deeper. */
function withName(body: Json): Json {
  const evil = { [EVIL]: EVIL, more: { [EVIL]: [EVIL] } };
  return typeof body === "object" && body !== null && !Array.isArray(body) ? { ...body, ...evil } : [evil];
}

/** Labels of the tenant's own, which the configuration has. What is no good of a fixture's is left out: it would be refused. */
function hostileLabels(settings: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(settings, (name, value: unknown) =>
    name === "label" ? EVIL : value === "not a class" ? undefined : value,
  );
  return JSON.parse(text);
}
