import { readdirSync, readFileSync } from "node:fs";
import { parseJson } from "../src/events/json.ts";
import { vendorIds, vendorOf } from "../src/vendors/index.ts";
import { readWebhook } from "../src/vendors/read.ts";

const ROUNDS = 500;

/** Microseconds to parse and normalize one webhook, by vendor. */
export interface NormalizeFigure {
  readonly vendor: string;
  readonly bodies: number;
  readonly parseMicros: number;
  readonly normalizeMicros: number;
}

/** Reads every JSON fixture of each vendor many times over, after a round to warm up. */
export function benchNormalize(): NormalizeFigure[] {
  return vendorIds.flatMap((id) => {
    const folder = new URL(`../test/vendors/${id}/`, import.meta.url);
    const texts = readdirSync(folder)
      .filter((file) => file.endsWith(".json") && !file.endsWith(".expected.json") && file !== "fixtures.json")
      .map((file) => ({ kind: file.split(".")[0], text: readFileSync(new URL(file, folder), "utf8") }));
    if (texts.length === 0) return [];
    const vendor = vendorOf(id);
    const receivedAt = Date.parse("2026-11-20T09:00:00Z");
    const source = { id, timezone: "Europe/Budapest", region: "US" };
    const webhooks = texts.map(({ kind: word, text }) => {
      const kind = vendor.kinds.find((known) => known === word);
      return { kind, body: parseJson(text), text, receivedAt };
    });
    const parse = () => texts.forEach(({ text }) => void parseJson(text));
    const normalize = () => webhooks.forEach((webhook) => void readWebhook(vendor, webhook, source));
    return {
      vendor: id,
      bodies: texts.length,
      parseMicros: microsPerItem(parse, texts.length),
      normalizeMicros: microsPerItem(normalize, texts.length),
    };
  });
}

function microsPerItem(work: () => void, items: number): number {
  for (let round = 0; round < ROUNDS / 10; round++) work();
  const start = performance.now();
  for (let round = 0; round < ROUNDS; round++) work();
  return Number((((performance.now() - start) * 1000) / (ROUNDS * items)).toFixed(2));
}
