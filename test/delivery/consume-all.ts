import { createExecutionContext, createMessageBatch, getQueueResult } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { consume } from "../../src/delivery/consume.ts";

/** Hands messages to the consumer at once, with bindings that may be faulty. */
export async function consumeAll(
  messages: readonly unknown[],
  faulty: Partial<Env> = {},
  queue: "hookswitch-events" | "hookswitch-retries" = "hookswitch-events",
) {
  const batch = createMessageBatch(
    queue,
    messages.map((body, position) => ({ id: String(position), timestamp: new Date(), attempts: 1, body })),
  );
  const ctx = createExecutionContext();
  await consume(batch, { ...env, ...faulty }, (work) => ctx.waitUntil(work));
  return getQueueResult(batch, ctx);
}

/** A queue whose messages are caught instead of sent: the test decides when they come. */
export function catchMessages(): { queue: Queue; caught: unknown[] } {
  const caught: unknown[] = [];
  const queue: Queue = Object.assign(Object.create(env.RETRIES), {
    send: async (body: unknown) => void caught.push(body),
    sendBatch: async (messages: Iterable<{ body: unknown }>) =>
      void caught.push(...[...messages].map(({ body }) => body)),
  });
  return { queue, caught };
}

/** Gates that never answer. */
export function silentGates(): Env["GATE"] {
  const never = () => new Promise<never>(() => undefined);
  const silent = { admit: never, report: never, pause: never, resume: never, status: never };
  return Object.assign(Object.create(env.GATE), { getByName: () => silent });
}
