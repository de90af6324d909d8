import { withTimeLimit } from "../src/platform/time-limit.ts";

/** A consumer that hangs on purpose is left behind. */
const PATIENCE_MS = 5000;

const running = new Set<Promise<unknown>>();
/** When this test began; milliseconds since the epoch. */
let begun = Date.now();

/** Has a batch consumed, but for what was sent before this test began. */
export async function trackBatch(batch: MessageBatch, consume: (own: MessageBatch) => Promise<void>): Promise<void> {
  const isOwn = ({ timestamp }: Message) => timestamp.getTime() >= begun;
  for (const message of batch.messages) if (!isOwn(message)) message.ack();
  const messages = batch.messages.filter(isOwn);
  if (messages.length === 0) return;
  await track(consume(Object.create(batch, { messages: { value: messages } })));
}

/** Bindings for this test alone: what work that outlives it sends goes nowhere. */
export function ofThisTest(env: Env): Env {
  const own = begun;
  const guarded = (queue: Queue): Queue =>
    Object.assign(Object.create(queue), {
      metrics: () => queue.metrics(),
      send: async (...message: Parameters<Queue["send"]>) => own === begun && track(queue.send(...message)),
      sendBatch: async (...batch: Parameters<Queue["sendBatch"]>) => own === begun && track(queue.sendBatch(...batch)),
    });
  return { ...env, EVENTS: guarded(env.EVENTS), RETRIES: guarded(env.RETRIES), DEAD: guarded(env.DEAD) };
}

/** Waits until no consumer is at work and nothing is being sent. What is in the queues then comes to nobody. */
export async function endBatches(): Promise<void> {
  await withTimeLimit(Promise.allSettled(running), PATIENCE_MS);
  running.clear();
  await scheduler.wait(2);
  begun = Date.now();
}

function track<T>(work: Promise<T>): Promise<T> {
  const run = work.finally(() => running.delete(run));
  running.add(run);
  return run;
}
