import * as z from "zod";
import { acceptedAt, type Receipt, receiptAt, receiptId } from "../../events/receipt.ts";
import { type WebhookMessage, webhookMessage } from "../../intake/message.ts";
import { unreadReason } from "../../log/reasons.ts";
import { sha256 } from "../../platform/digest.ts";
import { logLine } from "../../platform/log-line.ts";
import { readJson } from "../../platform/read-json.ts";
import {
  type BeatCall,
  beatCall,
  type ProbeCall,
  ping,
  probeCall,
  type ReplayPageCall,
  replayCall,
  type WakeUp,
  wakeUp,
} from "../wake-up.ts";
import { failureOf, sourceIn, type UnreadWebhook } from "./unread-webhook.ts";

/** A webhook with the queue's message that brought it. */
export interface Received {
  readonly queued: Message;
  readonly message: WebhookMessage;
}

/** A message of another version of this Worker, which may be deployed again. */
export interface Foreign {
  readonly queued: Message;
  readonly body: z.infer<typeof otherVersion>;
}

/** A wake-up, or a call for a probe. */
export interface Called {
  readonly queued: Message;
  readonly call: WakeUp | ProbeCall;
}

/** The self-test's call to show that the queue is consumed. */
export interface CalledBeat {
  readonly queued: Message;
  readonly beat: BeatCall["beat"];
}

/** A call for the next page of a replay. */
export interface CalledReplay {
  readonly queued: Message;
  readonly call: ReplayPageCall;
}

/** What the messages of a batch are. */
export interface SortedBatch {
  readonly replays: readonly CalledReplay[];
  readonly beats: readonly CalledBeat[];
  readonly webhooks: readonly Received[];
  readonly foreign: readonly Foreign[];
  readonly calls: readonly Called[];
  /** What is nothing of ours: a failure, kept as it came. */
  readonly unread: readonly Unread[];
}

/** A message that is nothing of ours, and how often its failure travelled on because the log did not take it. */
export interface Unread {
  readonly queued: Message;
  readonly failure: UnreadWebhook;
  readonly carried?: number;
}

/** A message that came twice in one batch finds its webhook settled the second time. */
const TWICE_DELAY_SECONDS = 10;
/** The last time that RFC 3339 can write, all waits included; milliseconds since the epoch. */
const LAST_TIME_MS = Date.parse("9999-12-31T00:00:00Z");

const readable = webhookMessage.extend({ receipt: receiptId, receivedAt: z.number().min(0).max(LAST_TIME_MS) });
const otherVersion = z.looseObject({
  v: z.number().min(2),
  receipt: receiptId,
  source: z.string(),
  carried: z.number().catch(0),
});
const newerCall = z.looseObject({ v: z.number().min(2) });
const carriedFailure = z.object({
  v: z.literal(1),
  carried: z.number(),
  failure: z.object({
    receipt: receiptId,
    source: z.string(),
    receivedAt: z.number().min(0).max(LAST_TIME_MS),
    reason: unreadReason,
    message: z.string(),
  }),
});
const anyReceipt = z.looseObject({ receipt: receiptId });

/** Sorts a batch by what its messages are, whichever queue they came by. */
export async function receiveMessages(messages: readonly Message[]): Promise<SortedBatch> {
  const sorted: Sorted = {
    webhooks: [],
    foreign: [],
    calls: [],
    beats: [],
    replays: [],
    unread: [],
    receipts: new Set(),
  };
  for (const queued of messages) {
    const body = bodyOf(queued);
    const message = readable.safeParse(body).data;
    if (message === undefined) await sortOther(queued, body, sorted);
    else if (sorted.receipts.has(message.receipt)) queued.retry({ delaySeconds: TWICE_DELAY_SECONDS });
    else {
      sorted.receipts.add(message.receipt);
      sorted.webhooks.push({ queued, message });
    }
  }
  const { receipts, unread, ...rest } = sorted;
  return {
    ...rest,
    unread: unread.filter(({ queued, failure: { receipt } }) => {
      const isFirst = !receipts.has(receipt);
      if (isFirst) receipts.add(receipt);
      else queued.retry({ delaySeconds: TWICE_DELAY_SECONDS });
      return isFirst;
    }),
  };
}

/** A batch that is being sorted, with the receipts in it so far. */
interface Sorted {
  readonly replays: CalledReplay[];
  readonly beats: CalledBeat[];
  readonly webhooks: Received[];
  readonly foreign: Foreign[];
  readonly calls: Called[];
  readonly unread: Unread[];
  readonly receipts: Set<string>;
}

/** What is no webhook is tried as one thing after the other: most messages are webhooks, and each trial costs. */
async function sortOther(queued: Message, body: unknown, { calls, replays, beats, foreign, unread }: Sorted) {
  const call = wakeUp.safeParse(body).data ?? probeCall.safeParse(body).data;
  if (call !== undefined) return void calls.push({ queued, call });
  const page = replayCall.safeParse(body).data;
  if (page !== undefined) return void replays.push({ queued, call: page });
  const called = beatCall.safeParse(body).data;
  if (called !== undefined) return void beats.push({ queued, beat: called.beat });
  const other = otherVersion.safeParse(body).data;
  if (other !== undefined) return void foreign.push({ queued, body: other });
  // What another version calls for, cron does in its time.
  if (ping.safeParse(body).success || newerCall.safeParse(body).success) return queued.ack();
  unread.push(await toUnread(queued, body));
}

/** Intake sends its messages as the text that it measured; all others come as they are meant. */
function bodyOf({ body }: Message): unknown {
  const read = typeof body === "string" ? readJson(body) : undefined;
  return read === undefined ? body : read;
}

async function toUnread(queued: Message, body: unknown): Promise<Unread> {
  const known = carriedFailure.safeParse(body).data;
  if (known === undefined) return { queued, failure: await toFailure(queued, body) };
  return { queued, failure: known.failure, carried: known.carried };
}

async function toFailure(queued: Message, body: unknown): Promise<UnreadWebhook> {
  const receipt = anyReceipt.safeParse(body).data?.receipt ?? (await receiptFor(queued));
  const source = sourceIn(body);
  logLine("error", "webhook.failed", { receipt, reason: "not_a_webhook" });
  return failureOf({ receipt, source, receivedAt: acceptedAt(receipt) }, "not_a_webhook", body);
}

/** A receipt for what has none; the same one however often the message comes. */
async function receiptFor({ id, timestamp }: Message): Promise<Receipt> {
  const digest = await sha256(id);
  const characters = [...digest.slice(0, 16)].map((byte) => "0123456789ABCDEFGHJKMNPQRSTVWXYZ".charAt(byte & 31));
  return `${receiptAt(timestamp.getTime())}${characters.join("")}`;
}
