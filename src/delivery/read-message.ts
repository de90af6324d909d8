import type { Relay } from "../config/load.ts";
import type { Draft } from "../events/draft.ts";
import { type HookEvent, seal } from "../events/envelope.ts";
import { eventIds } from "../events/identity.ts";
import { type Json, parseJson } from "../events/json.ts";
import type { WebhookMessage } from "../intake/message.ts";
import { readSpooledBody } from "../log/spool.ts";
import { vendorIds, vendorOf } from "../vendors/index.ts";
import { readWebhook } from "../vendors/read.ts";
import { type SourceSettings, unknown, type Webhook } from "../vendors/vendor.ts";
import { fitLog } from "./fit-log.ts";

/** A webhook that was read: the event that it would be, under the id that it would have. */
export interface ReadWebhook {
  readonly message: WebhookMessage;
  readonly body: Json;
  readonly draft: Draft;
  readonly id: string;
  readonly neighbours: readonly string[];
}

/**
 * Reads one message; undefined when its body lies in the spool no more. Rejects when the spool cannot be read.
 * @param reading `plain`: as it came, without its normalizer
 */
export async function readMessage(
  message: WebhookMessage,
  relay: Relay,
  env: Env,
  reading: "normal" | "plain" = "normal",
): Promise<ReadWebhook | undefined> {
  const text = message.ref ? await readSpooledBody(env.LOG, message.receipt) : message.body;
  if (text === undefined) return undefined;
  const body = parseJson(text);
  const { kind, receivedAt, login } = message;
  const webhook: Webhook = { kind, body, text, receivedAt, login };
  const normalized =
    reading === "plain" ? unknown(webhook, undefined, "normalizer_skipped") : normalize(webhook, message, relay);
  const draft = await fitLog(normalized, webhook);
  return { message, body, draft, ...(await eventIds(message.source, draft, receivedAt)) };
}

/** A source may have gone from the configuration since; its vendor stands in the message. */
function normalize(webhook: Webhook, { source, vendor }: WebhookMessage, relay: Relay): Draft {
  const id = vendorIds.find((known) => known === vendor);
  const settings: SourceSettings = relay.sources.get(source) ?? { id: source };
  return id === undefined ? unknown(webhook, undefined) : readWebhook(vendorOf(id), webhook, settings);
}

/** The event as it is frozen: under the id that was claimed for it. */
export function freeze({ message, body, draft }: ReadWebhook, eventId: string, publicUrl: string): HookEvent {
  const { source, vendor, receipt, receivedAt, warnings } = message;
  return seal(draft, { eventId, source, vendor, receipt, receivedAt, publicUrl, raw: body, warnings });
}
