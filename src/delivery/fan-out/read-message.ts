import type { Relay } from "../../config/load-relay.ts";
import { idKeysIn } from "../../config/secrets/id-keys.ts";
import type { Draft } from "../../events/draft.ts";
import { type HookEvent, seal } from "../../events/envelope.ts";
import type { EventId } from "../../events/event-id.ts";
import { eventIds } from "../../events/identity.ts";
import { type Json, parseJson } from "../../events/json.ts";
import { readNotice } from "../../events/notice.ts";
import { RELAY_SOURCE } from "../../events/own-source.ts";
import type { WebhookMessage, WholeMessage } from "../../intake/message.ts";
import { lookupIn } from "../../platform/lookup.ts";
import { identify } from "../../vendors/identify.ts";
import { vendorIds, vendorOf } from "../../vendors/index.ts";
import { readPlainly, readWebhook } from "../../vendors/read.ts";
import type { SourceSettings } from "../../vendors/source-settings.ts";
import { unknown, type Vendor, type Webhook } from "../../vendors/vendor.ts";
import { DATED_WINDOW_MS } from "../../vendors/windows.ts";
import { fitLog } from "./fit-log.ts";

/** A webhook that was read: the event that it would be, under the id that it would have. */
export interface ReadWebhook {
  readonly message: WebhookMessage;
  readonly body: Json;
  readonly draft: Draft;
  readonly id: EventId;
  readonly neighbours: readonly EventId[];
}

/** How a message is read: `plain`, when its normalizer may have killed its consumer before. */
export type ReadingMode = "normal" | "plain";

/** Reads one message. Rejects with a SyntaxError when its body is no JSON. */
export async function readMessage(
  message: WholeMessage,
  relay: Relay,
  env: Env,
  reading: ReadingMode = "normal",
): Promise<ReadWebhook> {
  const body = parseJson(message.body);
  const { kind, receivedAt, login, answer } = message;
  const webhook: Webhook = { kind, body, receivedAt, login, answer };
  const vendor = vendorNamed(message.vendor);
  // A source may have gone from the configuration since; its vendor stands in the message.
  const settings = relay.sources.get(message.source) ?? { id: message.source };
  const read = (webhook: Webhook) => readBy(reading, vendor, webhook, settings);
  const { draft, identity } =
    message.source === RELAY_SOURCE
      ? readNotice(body, receivedAt, DATED_WINDOW_MS)
      : await identify(read, webhook, message, vendor?.volatile);
  const ids = await eventIds(identity, await idKeysIn(lookupIn(env)));
  return { message, body, draft: await fitLog(draft, webhook, message.body), ...ids };
}

async function readBy(
  reading: ReadingMode,
  vendor: Vendor | undefined,
  webhook: Webhook,
  source: SourceSettings,
): Promise<Draft> {
  if (vendor === undefined) return unknown(webhook, undefined);
  return reading === "plain" ? readPlainly(webhook) : readWebhook(vendor, webhook, source);
}

function vendorNamed(name: string): Vendor | undefined {
  const id = vendorIds.find((known) => known === name);
  return id === undefined ? undefined : vendorOf(id);
}

/** The event as it is frozen: under the id that was claimed for it. */
export function freeze({ message, body, draft }: ReadWebhook, eventId: EventId, publicUrl: string): HookEvent {
  const { source, vendor, receipt, receivedAt, traceparent, warnings } = message;
  return seal(draft, { eventId, source, vendor, receipt, receivedAt, publicUrl, traceparent, raw: body, warnings });
}
