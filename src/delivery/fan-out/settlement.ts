import { agentOf } from "../../events/agent-of.ts";
import type { HookEvent } from "../../events/envelope.ts";
import type { EventId } from "../../events/event-id.ts";
import { stampOf } from "../../events/marks/mark.ts";
import { traitsOf } from "../../events/marks/traits-of.ts";
import type { FirstResult, WebhookMessage } from "../../intake/message.ts";
import type { SettledEvent } from "../../log/events/insert-events.ts";
import { packEvent } from "../../log/events/pack.ts";
import type { OpenDelivery, Settlement } from "../../log/events/settle.ts";
import { countFlow } from "../../log/ledger/flow.ts";
import type { Addition, Counts } from "../../log/ledger/tally.ts";
import { hourOf } from "../../platform/time/instant.ts";
import type { UnreadWebhook } from "../batch/unread-webhook.ts";
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
  readonly id: EventId;
  readonly first: string;
}

const nothing: Settlement = {
  events: [],
  deliveries: [],
  duplicates: [],
  failures: [],
  additions: [],
  spooled: [],
};

/** What an event comes to, as the log records it. @param markKey of what it may be found by */
export async function settleEvent(attempted: Attempted, markKey: CryptoKey | undefined): Promise<Settlement> {
  const { message } = attempted;
  return {
    ...nothing,
    events: [await toSettledEvent(attempted, markKey)],
    deliveries: toOpenDeliveries(attempted),
    additions: [toAddition(attempted)],
    spooled: spooledFor(message),
  };
}

/** The same of a webhook that repeats an event. */
export function settleRepeated({ message, id, first }: Repeated): Settlement {
  const { receipt, source } = message;
  return {
    ...nothing,
    duplicates: [{ receipt, source, id, first }],
    additions: [{ ...line(message), key: message.key, duplicates: 1 }],
    spooled: spooledFor(message),
  };
}

/** The same of a webhook that becomes no event. */
export function settleUnread(webhook: UnreadWebhook): Settlement {
  const { receipt, source, reason, message, ids } = webhook;
  return {
    ...nothing,
    failures: [{ receipt, source, reason, message, ids }],
    additions: [{ ...line(webhook), failed: 1 }],
    spooled: spooledFor(webhook),
  };
}

function spooledFor({ receipt, ref }: { receipt: string; ref?: true | undefined }): string[] {
  return ref ? [receipt] : [];
}

async function toSettledEvent(
  { message, event, results }: Attempted,
  markKey: CryptoKey | undefined,
): Promise<SettledEvent> {
  const { id, type, subject, time } = event;
  const { receipt, source, key } = message;
  const answerless = Object.entries(results).map(([destination, { answer: _, ...result }]) => [destination, result]);
  const ends = { due: answerless.length, results: Object.fromEntries(answerless) };
  const [mentions, marks, packed] = await Promise.all([
    mentionsOf(event, message),
    stampOf(traitsOf(event), markKey),
    packEvent(event),
  ]);
  const agent = agentOf(event);
  return { receipt, id, source, type, subject, agent, mentions, time, key, ...ends, marks, ...packed };
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

/** What an event adds to the ledger. The answer to a question is no webhook, but its deliveries count. */
function toAddition({ message, results }: Attempted): Addition & { readonly receipt: string } {
  const states = Object.values(results).map(({ state }) => state);
  const count = (wanted: string) => states.filter((state) => state === wanted).length;
  return {
    ...line(message),
    key: message.key,
    ...countKind(message, states.length === 0),
    due: states.length,
    delivered: count("delivered"),
    dead: count("dead"),
    expired: count("expired"),
    flow: countFlow(
      Object.entries(results).map(([destination, { state, attempt, ms }]) => ({
        destination,
        source: message.source,
        due: true,
        state,
        ms: attempt === 0 ? undefined : ms,
      })),
    ),
  };
}

/** What a message was: a login question, a question to a responder, or a webhook. */
function countKind({ login, answer }: WebhookMessage, isUnrouted: boolean): Counts {
  if (login !== undefined) return { logins: 1, granted: login.granted ? 1 : 0 };
  if (answer === undefined) return { events: 1, unrouted: isUnrouted ? 1 : 0 };
  const { outcome } = answer;
  return { questions: 1, answered: outcome === "answered" ? 1 : 0, otherwise: outcome === "otherwise" ? 1 : 0 };
}

function line({ receipt, source, receivedAt }: { receipt: string; source: string; receivedAt: number }) {
  return { receipt, source, hour: hourOf(receivedAt), last: receivedAt };
}
