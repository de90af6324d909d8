import { readdirSync, readFileSync } from "node:fs";
import * as z from "zod";
import { deriveHmacKey } from "../src/config/secrets/derive-key.ts";
import { eventIds, type IdKeys, wordsOf } from "../src/events/identity.ts";
import { parseJson } from "../src/events/json.ts";
import { type VendorId, vendorIds, vendorOf } from "../src/vendors/index.ts";
import { readWebhook } from "../src/vendors/read.ts";
import { percentile, rounded } from "./figures.ts";

const RELAY_KEY = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=";
const RECEIVED_AT = Date.parse("2026-11-20T09:00:00Z");
/** Rounds of all vendors and all that is measured, by turns; the median of them counts. */
const ROUNDS = 15;
const WARM_UP = 30;
/** How often each webhook is read in a round. */
const TIMES = 40;
/** More than a memory of numbers and times holds, so that none of them comes again but within a webhook. */
const VARIANTS = 300;

/** Microseconds of CPU to parse, to normalize and to identify one webhook, by vendor. */
export interface NormalizeFigure {
  readonly vendor: string;
  readonly bodies: number;
  readonly parseMicros: number;
  /** Each webhook with other phone numbers and times than the others. */
  readonly normalizeMicros: number;
  /** The same webhooks again and again. */
  readonly againMicros: number;
  /** With this platform's WebCrypto, which does its work on other threads; a Worker's takes a fraction of it. */
  readonly identifyMicros: number;
}

/** One thing to do over and over. */
interface Work {
  readonly webhooks: number;
  readonly run: () => Promise<unknown>;
  readonly micros: number[];
}

/** Reads every JSON fixture of each vendor many times over, vendors and works by turns. */
export async function benchNormalize(): Promise<NormalizeFigure[]> {
  // A Worker may not compile code, so zod does not either.
  z.config({ jitless: true });
  const keys = { current: await deriveHmacKey(RELAY_KEY, "event-id") };
  const vendors = vendorIds.map((vendor) => ({ vendor, ...worksOf(vendor, keys) }));
  const works = vendors.flatMap(({ parse, normalize, again, identify }) => [parse, normalize, again, identify]);
  for (const { run } of works) for (let time = 0; time < WARM_UP; time++) await run();
  for (let round = 0; round < ROUNDS; round++) for (const work of works) work.micros.push(await microsOf(work));
  z.config({ jitless: false });
  return vendors.map(({ vendor, parse, normalize, again, identify }) => ({
    vendor,
    bodies: parse.webhooks,
    parseMicros: median(parse),
    normalizeMicros: median(normalize),
    againMicros: median(again),
    identifyMicros: median(identify),
  }));
}

function worksOf(id: VendorId, keys: IdKeys) {
  const vendor = vendorOf(id);
  const source = { id, timezone: "Europe/Budapest", region: "US" };
  const texts = fixturesOf(id);
  const webhookOf = ({ word, text }: (typeof texts)[number], variant?: number) => ({
    kind: vendor.kinds.find((known) => known === word),
    body: parseJson(variant === undefined ? text : varied(text, variant)),
    receivedAt: RECEIVED_AT,
  });
  const webhooks = texts.map((text) => webhookOf(text));
  const rounds = Array.from({ length: VARIANTS }, (_, variant) => texts.map((text) => webhookOf(text, variant)));
  const work = (run: Work["run"]): Work => ({ webhooks: texts.length, run, micros: [] });
  let round = 0;
  return {
    parse: work(async () => {
      for (const { text } of texts) parseJson(text);
    }),
    normalize: work(async () => {
      for (const webhook of rounds[round++ % VARIANTS] ?? []) await readWebhook(vendor, webhook, source);
    }),
    again: work(async () => {
      for (const webhook of webhooks) await readWebhook(vendor, webhook, source);
    }),
    identify: work(async () => {
      for (const { kind = "", body, receivedAt } of webhooks) {
        const words = await wordsOf(kind, body);
        await eventIds({ source: id, subject: "call/1", words, windowMs: 1e9, receivedAt }, keys);
      }
    }),
  };
}

function fixturesOf(id: VendorId) {
  const folder = new URL(`../test/vendors/${id}/`, import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json") && file !== "fixtures.json")
    .map((file) => ({ word: file.split(".")[0], text: readFileSync(new URL(file, folder), "utf8") }));
}

/** A body with other seconds in its times, and other digits at the end of what may be a phone number or an id. */
function varied(text: string, variant: number): string {
  return text
    .replace(/(\d\d:\d\d:)\d\d/g, (_, minute) => `${minute}${String(variant % 60).padStart(2, "0")}`)
    .replace(/(?<=[" +]\d{4,12})\d{3}(?=[" ,}])/g, String(variant).padStart(3, "0"));
}

async function microsOf({ webhooks, run }: Work): Promise<number> {
  const before = process.cpuUsage();
  for (let time = 0; time < TIMES; time++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / (TIMES * webhooks);
}

function median({ micros }: Work): number {
  return rounded(percentile(micros, 0.5), 1);
}
