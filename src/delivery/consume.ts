import { withTimeLimit } from "../config/time-limit.ts";
import { describeError } from "../log/describe-error.ts";
import { logLine } from "../log/line.ts";
import { deliver } from "./deliver.ts";
import { fanOut } from "./fan-out.ts";
import { LOG_LIMIT_MS, logInTime } from "./log-in-time.ts";
import { comeAgain, inNextTurn, putOff } from "./put-off.ts";
import { receiveMessages } from "./receive-messages.ts";
import { notYetTried } from "./turns.ts";

/**
 * Takes a batch of any of the queues: each message is handled as what it is, whichever way it came. Never throws: what
 * went wrong comes again.
 */
export async function consume(batch: MessageBatch, env: Env, behind: (work: Promise<unknown>) => void): Promise<void> {
  const timed = { ...env, LOG: logInTime(env.LOG) };
  // A batch is not over before what goes on behind it is.
  const briefly = (work: Promise<unknown>) => behind(withTimeLimit(work, LOG_LIMIT_MS));
  const received = await receiveMessages(batch.messages);
  const later = new Set(notYetTried([...received.calls, ...received.webhooks], batch.messages.length));
  const [callsLater, calls] = split(received.calls, (one) => later.has(one));
  const [webhooksLater, now] = split(received.webhooks, (one) => later.has(one));
  await putOff(webhooksLater.map(inNextTurn), timed);
  // Cron finds their rows, and calls for them by new messages.
  for (const { queued } of callsLater) queued.ack();
  const incoming = { ...received, webhooks: now };
  const webhooks = [...incoming.webhooks, ...incoming.unread, ...incoming.foreign];
  await orAgain(calls, () => deliver(calls, timed, briefly));
  await orAgain(webhooks, () => fanOut(incoming, timed, briefly));
}

/** Of what was said about a message the first counts: what is done with is not made to come again. */
async function orAgain(messages: readonly { readonly queued: Message }[], work: () => Promise<void>): Promise<void> {
  if (messages.length === 0) return;
  try {
    await work();
  } catch (error) {
    logLine("error", "queue.failed", { messages: messages.length, error: describeError(error) });
    for (const { queued } of messages) comeAgain(queued);
  }
}

function split<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}
