import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import type { SourceSettings } from "../../src/vendors/source-settings.ts";
import type { Vendor, Webhook } from "../../src/vendors/vendor.ts";
import { type Fixture, fixturesOf } from "../vendors/fixtures.ts";
import { corrupted } from "./generated/corrupt.ts";
import { edits, mutate, namesIn } from "./generated/mutate.ts";
import { verdicts } from "./generated/verdicts.ts";

const fixtures = vendorIds
  .map(vendorOf)
  .flatMap((vendor) => fixturesOf(vendor).map((fixture) => ({ vendor, fixture })));

/** How many events are generated in all; `HOOKSWITCH_RUNS=100000` for a thorough run. */
const RUNS = Math.ceil(Number(process.env.HOOKSWITCH_RUNS ?? 2000) / fixtures.length);

/** Webhooks like the fixture's, with fields dropped, renamed, wrapped and of other types, also under another kind. */
function webhooksLike({ webhook }: Fixture, vendor: Vendor): fc.Arbitrary<Webhook> {
  const kind = fc.oneof(
    { weight: 4, arbitrary: fc.constant(webhook.kind) },
    { weight: 1, arbitrary: fc.constantFrom(undefined, "tomorrow", ...vendor.kinds) },
  );
  return fc
    .record({ kind, body: edits(namesIn(webhook.body)).map((changes) => mutate(webhook.body, changes)) })
    .map(({ kind: inUrl, body }) => ({ ...webhook, kind: inUrl, body, text: JSON.stringify(body) }));
}

/** The event as a destination reads it. */
function eventOf(vendor: Vendor, webhook: Webhook, source: SourceSettings): HookEvent {
  const sealed = seal(vendor.normalize(webhook, source), {
    eventId: `evt_${"0".repeat(32)}`,
    source: source.id,
    vendor: vendor.id,
    receipt: "rcpt_01J00000000000000000000000",
    receivedAt: webhook.receivedAt,
    publicUrl: "https://relay.example.com",
    raw: webhook.body,
    warnings: [],
  });
  return JSON.parse(JSON.stringify(sealed));
}

describe.each(fixtures)("webhooks like $vendor.id $fixture.name", ({ vendor, fixture }) => {
  const { source } = fixture;
  const webhooks = webhooksLike(fixture, vendor);

  it("become events that fit the schema inside and the published one", () => {
    fc.assert(
      fc.property(webhooks, (webhook) => {
        const event = eventOf(vendor, webhook, source);
        expect(verdicts(event.type, event), event.type).toEqual({ zod: true, published: true });
      }),
      { numRuns: RUNS },
    );
  });

  it("become events that both schemas refuse once something in them is of another type", () => {
    const broken = webhooks.chain((webhook) => {
      const event = eventOf(vendor, webhook, source);
      return corrupted(event).map((corrupt) => ({ type: event.type, corrupt }));
    });
    fc.assert(
      fc.property(broken, ({ type, corrupt }) => {
        expect(verdicts(type, corrupt)).toEqual({ zod: false, published: false });
      }),
      { numRuns: RUNS },
    );
  });
});
