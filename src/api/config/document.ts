import * as z from "zod";
import type { Place } from "../../config/documents/edit.ts";
import { parseRelay } from "../../config/parse-relay.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";

/** A configuration in the API's description; its own schema is published. */
export const configBody = z.record(z.string(), z.unknown()).meta({
  description: "A configuration by /schemas/config.json",
  examples: [{ sources: { "acme-vcc": { vendor: "vcc-live", keys: ["env:VCC_KEY"] } } }],
});

/** Where the configuration stands. */
export function placeConfig(env: Env): Place {
  const parse = (text: string) => parseRelay(text, urlRules(lookupIn(env)));
  return { name: "relay", key: "relay", kv: env.CONFIG, log: env.LOG, parse, missing: "fault" };
}
