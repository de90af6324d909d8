import type { HookEvent } from "../events/envelope.ts";
import type { FirstResult, WebhookMessage } from "../intake/message.ts";
import { deflate } from "../log/deflate.ts";
import type { OpenDelivery, SettledEvent, Settlement } from "../log/settle.ts";
import { type Addition, dayOf } from "../log/tally.ts";
import { mentionsOf } from "./mentions.ts";

/** An event with the results of its first attempts, by destination. */
export interface Attempted {
  readonly message: WebhookMessage;
  readonly event: HookEvent;
  readonly results: Readonly<Record<string, FirstResult>>;
}

/** A webhook whose event came before. `first`: the receipt that became it. */
export interface Repeated {
  readonly message: WebhookMessage;
  readonly id: string;
  readonly first: string;
}

/** A webhook that could not be read even as unknown. */
export interface UnreadWebhook {
  readonly receipt: string;
  readonly source: string;
  readonly receivedAt: number;
  readonly reason: string;
  readonly message: string;
}

/** What a batch came to, as the log takes it down. */
export async function toSettlement(
  attempted: readonly Attempted[],
  repeated: readonly Repeated[],
  unread: readonly UnreadWebhook[],
): Promise<Settlement> {
  return {
    events: await Promise.all(attempted.map(toSettledEvent)),
    deliveries: attempted.flatMap(toOpenDeliveries),
    duplicates: repeated.map(({ message: { receipt, source }, id, first }) => ({ receipt, source, id, first })),
    failures: unread.map(({ receipt, source, reason, message }) => ({ receipt, source, reason, message })),
    additions: [
      ...attempted.map(toAddition),
      ...repeated.map(({ message }) => ({ ...line(message), duplicates: 1 })),
      ...unread.map((webhook) => ({ ...line(webhook), failed: 1 })),
    ],
    spooled: [...attempted, ...repeated].flatMap(({ message }) => (message.ref ? message.receipt : [])),
  };
}

async function toSettledEvent({ message, event, results }: Attempted): Promise<SettledEvent> {
  const { id, type, subject, time } = event;
  const { receipt, source, key } = message;
  const body = await deflate(JSON.stringify(event));
  const answerless = Object.entries(results).map(([destination, { answer: _, ...result }]) => [destination, result]);
  const due = answerless.length;
  const mentions = await mentionsOf(event, message);
  return {
    receipt,
    id,
    source,
    type,
    subject,
    mentions,
    time,
    key,
    due,
    results: Object.fromEntries(answerless),
    body,
  };
}

/** The deliveries that are not delivered yet, or never will be. */
function toOpenDeliveries({ message, event, results }: Attempted): OpenDelivery[] {
  const { receipt, source, receivedAt: since } = message;
  return Object.entries(results).flatMap(([destination, result]) => {
    const { state, attempt, next = null, at, ms, status, reason = null, answer } = result;
    if (state === "delivered") return [];
    const attempts = attempt === 0 ? [] : [{ n: attempt, at, ms, status, reason, answer }];
    return { receipt, destination, source, type: event.type, state, attempt, next, since, reason, attempts };
  });
}

/** What an event adds to the ledger. A login's answer is a decision, not a webhook, but its deliveries count. */
function toAddition({ message, results }: Attempted): Addition & { readonly receipt: string } {
  const states = Object.values(results).map(({ state }) => state);
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  return {
    ...line(message),
    ...(message.login === undefined
      ? { events: 1, unrouted: states.length === 0 ? 1 : 0 }
      : { logins: 1, granted: message.login.granted ? 1 : 0 }),
    due: states.length,
    delivered: count("delivered"),
    dead: count("dead"),
    expired: count("expired"),
  };
}

function line({ receipt, source, receivedAt }: { receipt: string; source: string; receivedAt: number }) {
  return { receipt, source, day: dayOf(receivedAt) };
}
