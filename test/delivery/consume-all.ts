import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { consume } from "../../src/delivery/consume.ts";
import { aWork } from "../work.ts";

/** Hands messages to the consumer at once, with bindings that may be faulty. */
export async function consumeAll(
  messages: readonly unknown[],
  faulty: Partial<Env> = {},
  queue = "hookswitch-events",
  attempts: number | readonly number[] = 1,
) {
  const batch = createMessageBatch(
    queue,
    messages.map((body, position) => ({
      id: String(position),
      timestamp: new Date(),
      attempts: typeof attempts === "number" ? attempts : (attempts[position] ?? 1),
      body,
    })),
  );
  const ctx = createExecutionContext();
  await consume(batch, aWork({ env: { ...env, ...faulty }, defer: (work) => ctx.waitUntil(work) }));
  return getQueueResult(batch, ctx);
}

/** A queue whose messages are caught instead of sent: the test decides when they come. */
export function catchMessages(): { queue: Queue; caught: unknown[]; delays: (number | undefined)[] } {
  const caught: unknown[] = [];
  const delays: (number | undefined)[] = [];
  const queue: Queue = Object.assign(Object.create(env.RETRIES), {
    send: async (body: unknown, options?: QueueSendOptions) => {
      caught.push(body);
      delays.push(options?.delaySeconds);
    },
    sendBatch: async (messages: Iterable<MessageSendRequest>) => {
      for (const { body, delaySeconds } of messages) {
        caught.push(body);
        delays.push(delaySeconds);
      }
    },
  });
  return { queue, caught, delays };
}

/** A queue that takes nothing. */
export function refusingQueue(): Queue {
  const refuse = () => Promise.reject(new Error("Queue send failed: daily limit reached (10253)"));
  return Object.assign(Object.create(env.RETRIES), { send: refuse, sendBatch: refuse });
}

/** Gates that never answer. */
export function silentGates(): Env["GATE"] {
  const never = () => new Promise<never>(() => undefined);
  const silent = { admit: never, report: never, pause: never, resume: never, status: never };
  return Object.assign(Object.create(env.GATE), { getByName: () => silent });
}
