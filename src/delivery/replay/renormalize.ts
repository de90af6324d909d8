import type { Relay } from "../../config/load-relay.ts";
import { publicUrlOf } from "../../config/public-url.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { Receipt } from "../../events/receipt.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { freeze, type ReadWebhook, readMessage } from "../fan-out/read-message.ts";
import { differencesOf, type EventDifference } from "./differences.ts";
import { webhookOf } from "./webhook-of.ts";

/** Warnings that were given before a webhook was read; reading it again cannot find them. */
const BEFORE_READING = ["invalid_text_encoding", "nesting_pruned", "parameters_dropped", "question_unreadable"];

/** How an event stands in the log. */
export interface KeptAs {
  readonly receipt: Receipt;
  readonly source: string;
  /** The reference that proved the webhook. */
  readonly key: string;
}

/** A webhook that was read a second time, and in what the second reading differs. */
export interface SecondReading {
  readonly before: HookEvent;
  readonly read: ReadWebhook;
  readonly differences: readonly EventDifference[];
}

/** Reads an event's webhook again, by today's normalizer and the source's settings of today. */
export async function readAgain(before: HookEvent, kept: KeptAs, relay: Relay, env: Env): Promise<SecondReading> {
  const { body: _, ...webhook } = webhookOf(before);
  const warnings = Array.isArray(before.data.warnings) ? before.data.warnings.map(String) : [];
  const known = warnings.filter((warning) => BEFORE_READING.includes(warning));
  const { vendor, dataschema, traceparent, data } = before;
  const body = JSON.stringify(data.raw ?? null);
  const origin = URL.canParse(dataschema) ? new URL(dataschema).origin : undefined;
  const message = { v: 1, ...kept, vendor, ...webhook, origin, traceparent, warnings: known, body } as const;
  const read = await readMessage(message, relay, env);
  const after = freeze(read, before.id, publicUrlOf(lookupIn(env), message));
  return { before, read, differences: differencesOf(before, after) };
}
