import { noteBeats } from "../log/beats.ts";
import { LOG_LIMIT_MS, logInTime } from "../platform/d1/in-time.ts";
import { describeError } from "../platform/describe-error.ts";
import { logLine } from "../platform/log-line.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { TracedWork } from "../platform/work.ts";
import { type CalledBeat, receiveMessages } from "./batch/receive-messages.ts";
import type { Behind } from "./batch/trip.ts";
import { fanOut } from "./fan-out/fan-out.ts";
import { REQUESTS_PER_PAGE, takeReplays } from "./replay/take-replays.ts";
import { retryLater } from "./requeue/put-off.ts";
import { deliver } from "./retries/deliver.ts";

/**
 * Takes a batch of any of the queues: each message is handled as what it is, whichever way it came. Never throws: what
 * went wrong comes again.
 */
export async function consume(batch: MessageBatch, { env, now, defer, inSpan }: TracedWork): Promise<void> {
  const inTime = () => ({ ...env, LOG: logInTime(env.LOG) });
  // What the batch does besides is not worth staying alive for.
  const briefly = (work: Promise<unknown>) => defer(withTimeLimit(work, LOG_LIMIT_MS));
  const behind: Behind = (work) => defer(work(inTime()));
  const work = { env: inTime(), now, defer: briefly, behind, inSpan };
  const { calls, beats, replays, ...incoming } = await receiveMessages(batch.messages);
  const webhooks = [...incoming.webhooks, ...incoming.unread, ...incoming.foreign];
  await orAgain(beats, () => answerBeats(beats, work));
  await orAgain(replays, () => takeReplays(replays, work));
  const spent = replays.length === 0 ? 0 : REQUESTS_PER_PAGE;
  await orAgain(calls, () => deliver(calls, work, spent));
  await orAgain(webhooks, () => fanOut(incoming, work));
}

async function answerBeats(beats: readonly CalledBeat[], { env, now }: TracedWork): Promise<void> {
  await noteBeats(
    env.LOG,
    beats.map(({ beat }) => beat),
    now,
  );
  for (const { queued } of beats) queued.ack();
}

/** The first word about a message counts: what is done with is not made to come again. */
async function orAgain(messages: readonly { readonly queued: Message }[], work: () => Promise<void>): Promise<void> {
  if (messages.length === 0) return;
  try {
    await work();
  } catch (error) {
    logLine("error", "queue.failed", { messages: messages.length, error: describeError(error) });
    for (const { queued } of messages) retryLater(queued);
  }
}
