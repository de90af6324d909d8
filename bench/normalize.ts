import { readdirSync, readFileSync } from "node:fs";
import { deriveHmacKey } from "../src/config/secrets/derive-key.ts";
import { eventIds, wordsOf } from "../src/events/identity.ts";
import { parseJson } from "../src/events/json.ts";
import { vendorIds, vendorOf } from "../src/vendors/index.ts";
import { readWebhook } from "../src/vendors/read.ts";

const ROUNDS = 500;
const RELAY_KEY = "YmVuY2gtcmVsYXkta2V5LXRoYXQtaXMtMzItYnl0ZXM=";

/** Microseconds to parse, to normalize and to identify one webhook, by vendor. */
export interface NormalizeFigure {
  readonly vendor: string;
  readonly bodies: number;
  readonly parseMicros: number;
  readonly normalizeMicros: number;
  readonly identifyMicros: number;
}

/** Reads every JSON fixture of each vendor many times over, after a round to warm up. */
export async function benchNormalize(): Promise<NormalizeFigure[]> {
  const keys = { current: await deriveHmacKey(RELAY_KEY, "event-id") };
  const figures: NormalizeFigure[] = [];
  for (const id of vendorIds) {
    const folder = new URL(`../test/vendors/${id}/`, import.meta.url);
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json") && file !== "fixtures.json")
      .map((file) => ({ kind: file.split(".")[0], text: readFileSync(new URL(file, folder), "utf8") }));
    const vendor = vendorOf(id);
    const receivedAt = Date.parse("2026-11-20T09:00:00Z");
    const source = { id, timezone: "Europe/Budapest", region: "US" };
    const webhooks = texts.map(({ kind: word, text }) => {
      const kind = vendor.kinds.find((known) => known === word);
      return { kind, body: parseJson(text), receivedAt };
    });
    const parse = async () => texts.forEach(({ text }) => void parseJson(text));
    const normalize = () => Promise.all(webhooks.map((webhook) => readWebhook(vendor, webhook, source)));
    const identify = () =>
      Promise.all(
        webhooks.map(async ({ body, kind = "" }) => {
          const words = await wordsOf(kind, body);
          return eventIds({ source: id, subject: "call/1", words, windowMs: 1e9, receivedAt }, keys);
        }),
      );
    figures.push({
      vendor: id,
      bodies: texts.length,
      parseMicros: await microsPerItem(parse, texts.length),
      normalizeMicros: await microsPerItem(normalize, texts.length),
      identifyMicros: await microsPerItem(identify, texts.length),
    });
  }
  return figures;
}

async function microsPerItem(work: () => Promise<unknown>, items: number): Promise<number> {
  for (let round = 0; round < ROUNDS / 10; round++) await work();
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round++) await work();
  return Number((((performance.now() - start) * 1000) / (ROUNDS * items)).toFixed(2));
}
