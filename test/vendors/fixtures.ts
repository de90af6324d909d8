import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { eventIds } from "../../src/events/identity.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { answer } from "../../src/events/parts/answer.ts";
import { login } from "../../src/events/parts/login.ts";
import { parseForm } from "../../src/intake/form.ts";
import { type Accepted, identify } from "../../src/vendors/identify.ts";
import { readWebhook } from "../../src/vendors/read.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import type { Vendor, Webhook } from "../../src/vendors/vendor.ts";

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
        /** The answer that was given to a login question. */
        login: login.optional(),
        /** What became of a question to a responder. */
        answer: answer.optional(),
      }),
    )
    .default({}),
});

export interface Fixture {
  /** `<kind>[.<case>]`; the kind stands in the URL where the vendor lists it. */
  readonly name: string;
  /** The body's file, in the folder of its vendor. */
  readonly file: string;
  readonly expected: string;
  readonly webhook: Webhook;
  readonly source: SourceSettings;
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
      const webhook: Webhook = {
        kind,
        body,
        receivedAt: Date.parse(own?.receivedAt ?? receivedAt),
        login: own?.login,
        answer: own?.answer,
      };
      return {
        name,
        file,
        expected: new URL(`${name}.expected.json`, folder).pathname,
        webhook,
        source,
        event: () => toEvent(vendor, webhook, source),
      };
    });
}

const RECEIPT = "rcpt_01J00000000000000000000000";

/** How a webhook is read, and the id of its event without a key. */
export async function idOf(vendor: Vendor, webhook: Webhook, source: SourceSettings, accepted: Partial<Accepted> = {}) {
  const read = (webhook: Webhook) => readWebhook(vendor, webhook, source);
  const { draft, identity } = await identify(read, webhook, { source: source.id, receipt: RECEIPT, ...accepted });
  return { draft, ...(await eventIds(identity, { current: undefined })) };
}

/** The event of a webhook, as the relay would store it. */
export async function toEvent(vendor: Vendor, webhook: Webhook, source: SourceSettings): Promise<HookEvent> {
  const { draft, id: eventId } = await idOf(vendor, webhook, source);
  return seal(draft, {
    eventId,
    source: source.id,
    vendor: vendor.id,
    receipt: RECEIPT,
    receivedAt: webhook.receivedAt,
    publicUrl: "https://relay.example.com",
    raw: webhook.body,
    warnings: [],
  });
}
