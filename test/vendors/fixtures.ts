import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { eventIds } from "../../src/events/identity.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { parseForm } from "../../src/intake/form.ts";
import type { SourceSettings, Vendor } from "../../src/vendors/vendor.ts";

/** `fixtures.json` of a vendor: the source its webhooks come from, when they came, and what a single one does differently. */
const setup = z.object({
  receivedAt: z.iso.datetime(),
  settings: z.record(z.string(), z.unknown()).default({}),
  only: z
    .record(
      z.string(),
      z.object({
        receivedAt: z.iso.datetime().optional(),
        kind: z.string().optional(),
        settings: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .default({}),
});

export interface Fixture {
  /** `<kind>[.<case>]`; the kind stands in the URL where the vendor lists it. */
  readonly name: string;
  readonly expected: string;
  readonly event: () => Promise<HookEvent>;
}

/** The pairs of a vendor: `<name>.json` (a body) or `<name>.query` (a query or form), and `<name>.expected.json`. */
export function fixturesOf(vendor: Vendor): Fixture[] {
  const folder = new URL(`./${vendor.id}/`, import.meta.url);
  const { receivedAt, settings, only } = setup.parse(
    JSON.parse(readFileSync(new URL("fixtures.json", folder), "utf8")),
  );
  return readdirSync(folder)
    .filter((file) => /\.(json|query)$/.test(file) && !/^fixtures\.json$|\.expected\.json$/.test(file))
    .map((file) => {
      const name = file.replace(/\.(json|query)$/, "");
      const own = only[name];
      const kind = own?.kind ?? vendor.kinds.find((known) => known === name.split(".")[0]);
      const text = readFileSync(new URL(file, folder), "utf8").trim();
      const source: SourceSettings = { id: vendor.id, ...settings, ...own?.settings };
      const body: Json = file.endsWith(".query") ? parseForm(new URLSearchParams(text)).body : parseJson(text);
      const at = Date.parse(own?.receivedAt ?? receivedAt);
      return {
        name,
        expected: new URL(`${name}.expected.json`, folder).pathname,
        event: () => toEvent(vendor, source, kind, body, at),
      };
    });
}

async function toEvent(
  vendor: Vendor,
  source: SourceSettings,
  kind: string | undefined,
  body: Json,
  receivedAt: number,
) {
  const draft = vendor.normalize({ kind, body, text: JSON.stringify(body), receivedAt }, source);
  const { id: eventId } = await eventIds(source.id, draft, receivedAt);
  const receipt = "rcpt_01J00000000000000000000000";
  const publicUrl = "https://relay.example.com";
  return seal(draft, {
    eventId,
    source: source.id,
    vendor: vendor.id,
    receipt,
    receivedAt,
    publicUrl,
    raw: body,
    warnings: [],
  });
}
