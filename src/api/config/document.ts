import * as z from "zod";
import type { Place } from "../../config/documents/edit.ts";
import type { Parsed } from "../../config/documents/parse.ts";
import { parseRelay } from "../../config/parse-relay.ts";
import type { RelayDocument } from "../../config/schema/relay.ts";
import { urlRules } from "../../config/url-rules.ts";
import { lookupIn } from "../../platform/lookup.ts";

/** A configuration in the API's description; its own schema is published. */
export const configBody = z
  .record(z.string(), z.unknown())
  .meta({ description: "A configuration by /schemas/config.json" });

/** Where the configuration stands. */
export function placeConfig(env: Env): Place {
  const parse = (text: string) => parseConfig(text, env);
  return { name: "relay", key: "relay", kv: env.CONFIG, log: env.LOG, parse, missing: "fault" };
}

/** Reads a configuration by the rules of this Worker. */
export function parseConfig(text: string, env: Env): Parsed<RelayDocument> {
  return parseRelay(text, urlRules(lookupIn(env)));
}
