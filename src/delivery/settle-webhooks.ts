import type { WebhookMessage } from "../intake/message.ts";
import { describeError } from "../log/describe-error.ts";
import { logLine } from "../log/line.ts";
import { joinSettlements, type Settlement, settle } from "../log/settle.ts";
import { eachApart } from "./apart.ts";
import type { AttemptedOne } from "./attempt-webhooks.ts";
import { unread } from "./read-webhooks.ts";
import { settleEvent, settleUnread } from "./settlement.ts";
import { MAX_REFUSALS } from "./trip.ts";
import { tryAgain } from "./try-again.ts";

/** What the message of a webhook came to; that of no webhook has no `message`. */
export interface Part {
  readonly queued: Message;
  readonly receipt: string;
  readonly settlement: Settlement;
  readonly message?: WebhookMessage;
  /** Of its first attempts. */
  readonly results?: AttemptedOne["results"];
}

/** A row of the log has 2 MB at most. */
const MAX_ROW_BYTES = 1_990_000;

/** What an event came to. One that cannot be written down at all is a failure. */
export async function toPart(one: AttemptedOne): Promise<Part> {
  const { queued, message, results } = one;
  try {
    return { queued, receipt: message.receipt, message, results, settlement: await settleEvent(one) };
  } catch (error) {
    logLine("error", "webhook.unreadable", { receipt: message.receipt, error: describeError(error) });
    return { queued, receipt: message.receipt, message, settlement: settleUnread(unread(message, "log_refused")) };
  }
}

/**
 * Records what webhooks came to. What the log refuses for its own sake, or too often does not take, is given up alone,
 * as a failure, which always fits. Returns those that are recorded, and of them those that are given up. Never rejects.
 */
export async function settleWebhooks(
  parts: readonly Part[],
  log: D1Database,
): Promise<{ readonly settled: ReadonlySet<Part>; readonly refused: ReadonlySet<Part> }> {
  const tooLarge = parts.filter((part) => !fits(part));
  const { done, refused, failed } = await eachApart(parts.filter(fits), (some) =>
    settle(log, joinSettlements(some.map(({ settlement }) => settlement))),
  );
  const tooOften = failed.filter(({ message }) => (message?.carried ?? 0) >= MAX_REFUSALS);
  const givenUp = await giveUp([...tooLarge, ...refused, ...tooOften], log);
  return { settled: new Set([...done, ...givenUp]), refused: new Set(givenUp) };
}

/** That the log takes the failures shows that it was not the log that failed. */
async function giveUp(parts: readonly Part[], log: D1Database): Promise<readonly Part[]> {
  const failures = parts.flatMap(({ message }) => (message === undefined ? [] : unread(message, "log_refused")));
  if (failures.length === 0) return [];
  const answered = await tryAgain(() => settle(log, joinSettlements(failures.map(settleUnread))));
  if (!answered.ok) return [];
  for (const { receipt, source, reason } of failures) logLine("error", "webhook.failed", { receipt, source, reason });
  return parts.filter(({ message }) => message !== undefined);
}

function fits({ settlement: { events } }: Part): boolean {
  return events.every(({ body, ...columns }) => {
    const text = new TextEncoder().encode(JSON.stringify(columns)).byteLength;
    return text + body.byteLength <= MAX_ROW_BYTES;
  });
}
