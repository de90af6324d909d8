import { wordsOf } from "../../src/events/identity.ts";
import { type Json, parseJson } from "../../src/events/json.ts";
import { findStrange } from "../../src/vendors/drift.ts";
import { type VendorId, vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { readWebhook } from "../../src/vendors/read.ts";
import type { Vendor } from "../../src/vendors/vendor.ts";
import { leavesOf } from "./bodies.ts";
import { type Fixture, fixturesOf } from "./fixtures.ts";
import { hostileTexts, textPlaces, withText } from "./hostile-texts.ts";

const ROUNDS = 5;

/** Of each kind of a vendor, the fixture that has the most values. */
export function largestOfEachKind(vendor: Vendor): Fixture[] {
  const largest = new Map<string, Fixture>();
  for (const fixture of fixturesOf(vendor)) {
    const { kind } = vendor.normalize(fixture.webhook, fixture.source);
    const before = largest.get(kind);
    if (before === undefined || sizeOf(fixture) > sizeOf(before)) largest.set(kind, fixture);
  }
  return [...largest.values()];
}

function sizeOf({ webhook }: Fixture): number {
  return leavesOf(webhook.body).length;
}

/** Reads a body as a consumer does: parsed, normalized, identified, watched for what is new. */
export async function readAll(vendor: Vendor, { webhook, source }: Fixture, sent: Json): Promise<void> {
  const body = parseJson(JSON.stringify(sent));
  const draft = await readWebhook(vendor, { ...webhook, body }, source);
  await wordsOf(draft.kind, body);
  findStrange(vendor, { ...webhook, body }, source);
}

/** What all kinds of a vendor take with all hostile texts in all their places, of one length and of another. */
export interface Growth {
  readonly vendor: VendorId;
  readonly smallMs: number;
  readonly largeMs: number;
  readonly ratio: number;
  /** The text whose time grew most, and how much. */
  readonly steepest: { readonly text: string; readonly ratio: number };
}

/** How the time grows with hostile texts, by vendor: about as the texts do. */
export async function growthOf(small: number, large: number, rounds = ROUNDS): Promise<Growth[]> {
  const lines: Growth[] = [];
  for (const vendor of vendorIds) {
    const kinds = largestOfEachKind(vendorOf(vendor));
    const grown: { text: string; smallMs: number; largeMs: number; ratio: number }[] = [];
    for (const [text, textOf] of Object.entries(hostileTexts)) {
      await millisecondsOf(vendor, kinds, textOf(small), rounds);
      const smallMs = await millisecondsOf(vendor, kinds, textOf(small), rounds);
      const largeMs = await millisecondsOf(vendor, kinds, textOf(large), rounds);
      grown.push({ text, smallMs, largeMs, ratio: largeMs / smallMs });
    }
    const smallMs = grown.reduce((sum, one) => sum + one.smallMs, 0);
    const largeMs = grown.reduce((sum, one) => sum + one.largeMs, 0);
    const [steepest] = grown.toSorted((one, other) => other.ratio - one.ratio);
    if (steepest !== undefined) lines.push({ vendor, smallMs, largeMs, ratio: largeMs / smallMs, steepest });
  }
  return lines;
}

/** The shortest of some rounds: what else the machine does only adds to it. */
async function millisecondsOf(id: VendorId, fixtures: readonly Fixture[], text: string, rounds: number) {
  const vendor = vendorOf(id);
  const kinds = fixtures.map((fixture) => {
    const { body } = fixture.webhook;
    return { fixture, sent: withText(body, textPlaces(body), text) };
  });
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    for (const { fixture, sent } of kinds) await readAll(vendor, fixture, sent);
    times.push(performance.now() - start);
  }
  return Math.min(...times);
}
