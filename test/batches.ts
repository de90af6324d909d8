import { withTimeLimit } from "../src/platform/time-limit.ts";

/** A consumer that hangs on purpose is left behind. */
const PATIENCE_MS = 5000;

const running = new Set<Promise<void>>();
/** When this test began; milliseconds since the epoch. */
let begun = Date.now();

/** Has a batch consumed, but for what was sent before this test began. */
export async function trackBatch(batch: MessageBatch, consume: (own: MessageBatch) => Promise<void>): Promise<void> {
  const isOwn = ({ timestamp }: Message) => timestamp.getTime() >= begun;
  for (const message of batch.messages) if (!isOwn(message)) message.ack();
  const messages = batch.messages.filter(isOwn);
  if (messages.length === 0) return;
  const run = consume(Object.create(batch, { messages: { value: messages } })).finally(() => running.delete(run));
  running.add(run);
  await run;
}

/** Waits until no consumer is at work. What is in the queues then comes to nobody. */
export async function endBatches(): Promise<void> {
  await withTimeLimit(Promise.all(running), PATIENCE_MS);
  running.clear();
  await scheduler.wait(2);
  begun = Date.now();
}
