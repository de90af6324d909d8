import type { WebhookMessage } from "../../intake/message.ts";

/** What was refused so often for a reason that may be its own ends the next time: after five minutes at the least. */
const MAX_REFUSALS = 5;

/** Whether a webhook that is refused now ends. How often it travelled says nothing: the log may have been down. */
export function isRefusedTooOften({ refused = 0 }: WebhookMessage): boolean {
  return refused >= MAX_REFUSALS;
}

/** A webhook that was refused for a reason that may be its own. */
export function refusedOnceMore(message: WebhookMessage): WebhookMessage {
  return { ...message, refused: (message.refused ?? 0) + 1 };
}
