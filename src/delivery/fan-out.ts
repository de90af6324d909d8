import { loadRelay, type Relay } from "../config/load.ts";
import { publicUrlOf } from "../config/public-url.ts";
import { lookupIn } from "../config/reference.ts";
import type { WebhookMessage } from "../intake/message.ts";
import { type Claimed, claimEvents } from "../log/claim.ts";
import { logLine } from "../log/line.ts";
import { settle } from "../log/settle.ts";
import { carryOn } from "./carry-on.ts";
import { type FirstAttempts, type FirstOrder, makeFirstAttempts } from "./first-attempts.ts";
import { wants } from "./match.ts";
import { noteDrift } from "./note-drift.ts";
import { freeze, type ReadWebhook, readMessage } from "./read-message.ts";
import { type Received, receiveMessages } from "./receive-messages.ts";
import { release } from "./release.ts";
import { type Attempted, type Repeated, toSettlement, type UnreadWebhook } from "./settlement.ts";
import { tryAgain } from "./try-again.ts";
import { sendWakeUps } from "./wake-up.ts";

const NOT_READY_DELAY = 30;
const NOT_READ_DELAY = 10;

/** A batch of webhooks becomes events: read, claim, match, first attempt, settle; then it is acknowledged. */
export async function fanOut(batch: MessageBatch, env: Env, behind: (work: Promise<unknown>) => void): Promise<void> {
  const loaded = await loadRelay(env, behind);
  if (loaded.state !== "ready") {
    logLine("error", "fan_out.not_ready", { messages: batch.messages.length });
    batch.retryAll({ delaySeconds: NOT_READY_DELAY });
    return;
  }
  const { webhooks, unread } = receiveMessages(batch.messages);
  const { read, lost, later } = await readAll(webhooks, loaded.value, env);
  const claims = await claimAll(read, env.LOG);
  const { attempted, closed, ungated } = await attemptAll(read, claims, loaded.value, env);
  const repeated = read.flatMap(({ message }): Repeated[] => {
    const claim = claims.get(message.receipt);
    return claim?.state === "duplicate" ? [{ message, id: claim.id, first: claim.first }] : [];
  });
  const settlement = await toSettlement(attempted, repeated, [...unread.map(({ failure }) => failure), ...lost]);
  const settled = await tryAgain(() => settle(env.LOG, settlement).then(() => true));
  const open = new Set(settled ? [] : await carryOn(env.EVENTS, webhooks, attempted));
  if (settled) {
    await sendWakeUps(env.RETRIES, waitingIn(attempted), Date.now());
    await Promise.all(closed.map((destination) => release(env, destination)));
  }
  for (const { queued } of [...webhooks, ...unread]) {
    if (later.has(queued)) continue;
    if (settled === undefined && !open.has(queued)) queued.retry({ delaySeconds: NOT_READ_DELAY });
    else queued.ack();
  }
  const counts = {
    read: read.length,
    events: attempted.length,
    duplicates: repeated.length,
    settled: settled === true,
    ...(ungated.length === 0 ? {} : { ungated }),
  };
  logLine(settled ? "info" : "error", "fan_out.settled", { messages: batch.messages.length, ...counts });
  noteDrift(read, loaded.value, env.LOG, behind);
}

/** Reads every message; what cannot be read now comes again later, what lost its body is a failure. */
async function readAll(webhooks: readonly Received[], relay: Relay, env: Env) {
  const read: ReadWebhook[] = [];
  const lost: UnreadWebhook[] = [];
  const later = new Set<Message>();
  for (const { queued, message } of webhooks) {
    try {
      const webhook = await readMessage(message, relay, env);
      if (webhook !== undefined) read.push(webhook);
      else lost.push({ ...message, reason: "body_missing", message: "" });
    } catch {
      later.add(queued);
      queued.retry({ delaySeconds: NOT_READ_DELAY });
    }
  }
  return { read, lost, later };
}

/** Claims the events. If the log cannot be reached, every webhook counts as its own event: twice rather than never. */
async function claimAll(read: readonly ReadWebhook[], log: D1Database): Promise<ReadonlyMap<string, Claimed>> {
  if (read.length === 0) return new Map();
  const claims = read.map(({ message: { receipt, receivedAt }, draft: { window }, id, neighbours }) => ({
    receipt,
    id,
    neighbours,
    receivedAt,
    window,
  }));
  const claimed = await tryAgain(() => claimEvents(log, claims));
  if (claimed === undefined) logLine("error", "fan_out.unclaimed", { webhooks: read.length });
  return claimed ?? new Map(claims.map(({ receipt }) => [receipt, { state: "own" }]));
}

/** Sends each event to every destination that wants it, unless an earlier run of its message did so already. */
async function attemptAll(
  read: readonly ReadWebhook[],
  claims: ReadonlyMap<string, Claimed>,
  relay: Relay,
  env: Env,
): Promise<{ attempted: Attempted[] } & Omit<FirstAttempts, "results">> {
  const publicUrl = (message: WebhookMessage) => publicUrlOf(lookupIn(env), message);
  const own = read
    .filter(({ message }) => claims.get(message.receipt)?.state === "own")
    .map((webhook) => ({ message: webhook.message, event: freeze(webhook, webhook.id, publicUrl(webhook.message)) }));
  const orders = own.flatMap(({ message: { receipt, receivedAt, results }, event }): FirstOrder[] =>
    results !== undefined
      ? []
      : relay.destinations
          .filter((destination) => wants(destination, event))
          .map((destination) => ({ event, receipt, destination, receivedAt })),
  );
  const made = await makeFirstAttempts(orders, { env, secrets: relay.secrets });
  const attempted = own.map(({ message, event }) => {
    const results = orders.flatMap((order) => {
      const result = order.receipt === message.receipt ? made.results.get(order) : undefined;
      return result === undefined ? [] : [[order.destination.id, result] as const];
    });
    return { message, event, results: message.results ?? Object.fromEntries(results) };
  });
  return { attempted, closed: made.closed, ungated: made.ungated };
}

function waitingIn(attempted: readonly Attempted[]) {
  return attempted.flatMap(({ message: { receipt }, results }) =>
    Object.entries(results).flatMap(([destination, { state, attempt, next }]) =>
      state === "waiting" && next !== undefined ? [{ receipt, destination, run: 0, attempt, next }] : [],
    ),
  );
}
