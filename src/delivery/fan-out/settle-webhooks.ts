import type { EventId } from "../../events/event-id.ts";
import type { WebhookMessage } from "../../intake/message.ts";
import { packedBytes } from "../../log/events/pack.ts";
import { joinSettlements, type Settlement, settle } from "../../log/events/settle.ts";
import { tryWriting } from "../../log/try-log.ts";
import { eachApart } from "../../platform/d1/each-apart.ts";
import { MAX_ROW_BYTES } from "../../platform/d1/limits.ts";
import { askOnce, tryThrice } from "../../platform/d1/try-thrice.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { fitsIn } from "../../platform/text/fits-in.ts";
import type { UnreadWebhook } from "../batch/unread-webhook.ts";
import { isRefusedTooOften, refusedOnceMore } from "../requeue/refused-once-more.ts";
import type { AttemptedOne } from "./attempt-webhooks.ts";
import { unread } from "./read-webhooks.ts";
import { settleEvent, settleUnread } from "./settlement.ts";

/** What the message of a webhook came to; that of no webhook has no `message`. */
export interface SettlementPart {
  readonly queued: Message;
  readonly receipt: string;
  readonly settlement: Settlement;
  /** Ids that it may have claimed. */
  readonly ids?: readonly EventId[];
  readonly message?: WebhookMessage;
  /** What is no webhook, and how often it travelled on. */
  readonly failure?: UnreadWebhook;
  readonly carried?: number;
  /** The results of its first attempts. */
  readonly results?: AttemptedOne["results"];
}

/** What became of parts. */
export interface Settled {
  /** Those that are recorded. */
  readonly settled: ReadonlySet<SettlementPart>;
  /** Those of the recorded that are given up. */
  readonly refused: ReadonlySet<SettlementPart>;
  /** Those that are not recorded; what was refused meanwhile is counted in their messages. */
  readonly open: readonly SettlementPart[];
}

/** Of an event's row; the rest is what the database adds to it. */
const MAX_EVENT_ROW_BYTES = MAX_ROW_BYTES - 10_000;

/** What an event came to. One that cannot be written down at all is a failure. @param markKey of what it may be found by */
export async function toPart(one: AttemptedOne, markKey: CryptoKey | undefined): Promise<SettlementPart> {
  const { queued, message, results, webhook } = one;
  const ids = [webhook.id, ...webhook.neighbours];
  try {
    return { queued, receipt: message.receipt, ids, message, results, settlement: await settleEvent(one, markKey) };
  } catch (error) {
    logLine("error", "webhook.unreadable", { receipt: message.receipt, error: describeError(error) });
    return {
      queued,
      receipt: message.receipt,
      message,
      settlement: settleUnread({ ...unread(message, "log_refused"), ids }),
    };
  }
}

/**
 * Records what webhooks came to. What the log refuses for its own sake, or too often does not take although it takes
 * other rows, is given up alone, as a failure, which always fits. Never rejects.
 */
export async function settleWebhooks(parts: readonly SettlementPart[], log: D1Database): Promise<Settled> {
  const tooLarge = parts.filter((part) => !fits(part));
  const { done, refused, failed } = await eachApart(parts.filter(fits), (some) => settleParts(some, log));
  const isWell = failed.length > 0 && (await takesRows(done.length, log));
  const atEnd = isWell ? failed.filter(({ message }) => message !== undefined && isRefusedTooOften(message)) : [];
  const late: SettlementPart[] = [];
  // The log is known to be well now: what it does not take once more is at fault itself.
  for (const part of atEnd) if ((await askOnce(() => settleParts([part], log))).ok) late.push(part);
  const givenUp = await giveUp([...tooLarge, ...refused, ...atEnd.filter((part) => !late.includes(part))], log);
  const settled = new Set([...done, ...late, ...givenUp]);
  const left = parts.filter((part) => !settled.has(part));
  const open = left.map((part) => (isWell && failed.includes(part) ? countRefusal(part) : part));
  return { settled, refused: new Set(givenUp), open };
}

function settleParts(parts: readonly SettlementPart[], log: D1Database): Promise<void> {
  return settle(log, joinSettlements(parts.map(({ settlement }) => settlement)));
}

/** Whether the log takes rows now: others were taken just now, or one that is for nothing else. */
async function takesRows(taken: number, log: D1Database): Promise<boolean> {
  return taken > 0 || (await askOnce(() => tryWriting(log))).ok;
}

function countRefusal(part: SettlementPart): SettlementPart {
  return part.message === undefined ? part : { ...part, message: refusedOnceMore(part.message) };
}

/** That the log takes the failures shows that it was not the log that failed. */
async function giveUp(parts: readonly SettlementPart[], log: D1Database): Promise<readonly SettlementPart[]> {
  const failures = parts.flatMap(({ message, ids }) =>
    message === undefined ? [] : { ...unread(message, "log_refused"), ids },
  );
  if (failures.length === 0) return [];
  const answered = await tryThrice(() => settle(log, joinSettlements(failures.map(settleUnread))));
  if (!answered.ok) return [];
  for (const { receipt, source, reason } of failures) logLine("error", "webhook.failed", { receipt, source, reason });
  return parts.filter(({ message }) => message !== undefined);
}

function fits({ settlement: { events } }: SettlementPart): boolean {
  return events.every(({ body, raw, ...columns }) => {
    return fitsIn(JSON.stringify(columns), MAX_EVENT_ROW_BYTES - packedBytes(body) - packedBytes(raw));
  });
}
