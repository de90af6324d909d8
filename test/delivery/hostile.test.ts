import { describe, expect, it } from "vitest";
import { render } from "../../src/delivery/attempt/format.ts";
import { mask } from "../../src/delivery/attempt/mask.ts";
import { wants } from "../../src/delivery/fan-out/match.ts";
import { seal } from "../../src/events/envelope.ts";
import { wordsOf } from "../../src/events/identity.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { liveKeysOf } from "../../src/intake/scrub/live-keys.ts";
import { scrubbingOf } from "../../src/intake/scrub/rules.ts";
import { scrub } from "../../src/intake/scrub/scrub.ts";
import { findStrange } from "../../src/vendors/drift.ts";
import { type VendorId, vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { readWebhook } from "../../src/vendors/read.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import { hostileTexts, textPlaces, withDecisiveText, withText } from "../vendors/hostile-texts.ts";
import { eachKind } from "./each-kind.ts";
import { aDestination } from "./event.ts";

/** Such a body takes milliseconds; an expression that is quadratic in its text takes minutes. */
const PATIENCE_MS = 20_000;
const LIMIT = { timeout: 30 * PATIENCE_MS };
const MAX_TEXT = 90_000;
/** Of all texts of a body together. */
const MAX_TEXTS = 150_000;

const liveKeys = liveKeysOf(new Set(["live-key-1"]));
const destination = aDestination({
  where: { "data.campaign.id": ["7"], "data.customer.fields.loan": ["1"], subject: ["call/1"] },
  mask: { phone: "last4", email: "pseudonym", name: "last4", text: "remove", "data.raw": "pseudonym" },
});
const source: SourceSettings = {
  id: "s",
  timezone: "Europe/Budapest",
  labels: { campaign: { "7": { label: "Spring" } }, disposition: { "9": { label: "Promise" } } },
  generic: {
    event: "event",
    id: "payload.uuid",
    time: "payload.ended",
    subject: "ticket/{payload.project}",
    callId: "id",
  },
};

/** All that a body goes through between its arrival and its delivery, but for what waits for something. */
async function handle(vendorId: VendorId, kind: string | undefined, sent: Json): Promise<void> {
  const vendor = vendorOf(vendorId);
  const { auth } = vendor;
  const parsed = parseJson(JSON.stringify(sent));
  const { body } = scrub(parsed, scrubbingOf({ vendor, auth, scrub: ["client_data.ssn", "*.ssn"] }, liveKeys));
  const webhook = { kind, body, receivedAt: 0 };
  const draft = await readWebhook(vendor, webhook, source);
  await wordsOf(draft.kind, body);
  findStrange(vendor, webhook, source);
  const frame = {
    eventId: "evt_1",
    source: "s",
    vendor: vendorId,
    receipt: "rcpt_0",
    receivedAt: 0,
    warnings: [],
  } as const;
  const event = seal(draft, { ...frame, publicUrl: "https://relay.example.com", raw: body });
  wants(destination, event);
  render(await mask(event, destination, () => "mask-key"), destination);
}

describe.each(vendorIds)("hostile texts of %s", LIMIT, (vendor) => {
  const bodies = [...eachKind(vendor, source).values()];

  it.each(Object.entries(hostileTexts))("%s stall nothing, in every text of every kind", async (_, textOf) => {
    const text = textOf(MAX_TEXT);
    const sent = bodies.flatMap(({ kind, body }) => {
      const places = textPlaces(body);
      const everywhere = withText(body, places, textOf(Math.min(MAX_TEXT, Math.floor(MAX_TEXTS / places.length))));
      const decisive = withDecisiveText(body, text);
      return [everywhere, ...(decisive === body ? [] : [decisive])].map((hostile) => ({ kind, hostile }));
    });
    for (const { kind, hostile } of [...sent, { kind: bodies[0]?.kind, hostile: { [text]: text } }]) {
      const start = performance.now();
      await handle(vendor, kind, hostile);
      expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
    }
  });
});

it("each kind of each vendor is tried", () => {
  for (const id of vendorIds) {
    const tried = eachKind(id, source);
    expect(vendorOf(id).kinds.filter((kind) => !tried.has(kind))).toEqual([]);
    expect([...tried.values()].flatMap(({ body }) => textPlaces(body)).length).toBeGreaterThan(0);
  }
});
