import { isObject } from "../src/events/json.ts";
import { withTimeLimit } from "../src/platform/time-limit.ts";

/** A consumer that hangs on purpose is left behind; a binding answers in the end, however busy the machine is. */
const PATIENCE_MS = { consumers: 5000, bindings: 60_000 };

const running = { consumers: new Set<Promise<unknown>>(), bindings: new Set<Promise<unknown>>() };
/** The test that runs; undefined while one ends. */
let current: symbol | undefined = Symbol();
/** When it began; milliseconds since the epoch. */
let begun = Date.now();

/** Has a batch consumed, but for what was sent before this test began. */
export async function consumeOwn(batch: MessageBatch, consume: (own: MessageBatch) => Promise<void>): Promise<void> {
  const isOwn = ({ timestamp }: Message) => current !== undefined && timestamp.getTime() >= begun;
  for (const message of batch.messages) if (!isOwn(message)) message.ack();
  const messages = batch.messages.filter(isOwn);
  if (messages.length === 0) return;
  await track(running.consumers, consume(Object.create(batch, { messages: { value: messages } })));
}

/** Bindings for this test alone: what goes on when it is over finds queues, log and KV closed. */
export function ofThisTest(env: Env): Env {
  const own = current;
  const closing = <T extends object>(binding: T): T =>
    new Proxy(binding, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== "function") return member;
        return (...parameters: unknown[]) => {
          if (own === undefined || own !== current) throw new Error("the test is over");
          const result: unknown = member.apply(target, parameters);
          if (result instanceof Promise) return track(running.bindings, result);
          // A statement is asked only when it runs.
          return isObject(result) && "bind" in result ? closing(result) : result;
        };
      },
    });
  const { EVENTS, RETRIES, DEAD, LOG, CONFIG, PERMISSIONS } = env;
  return {
    ...env,
    EVENTS: closing(EVENTS),
    RETRIES: closing(RETRIES),
    DEAD: closing(DEAD),
    LOG: closing(LOG),
    CONFIG: closing(CONFIG),
    PERMISSIONS: closing(PERMISSIONS),
  };
}

/** Ends a test: nothing more is sent or consumed, and what goes on is waited for. What is queued then comes to nobody. */
export async function endTest(): Promise<void> {
  current = undefined;
  for (const what of ["consumers", "bindings"] as const) {
    await withTimeLimit(Promise.allSettled(running[what]), PATIENCE_MS[what]);
    running[what].clear();
  }
  await scheduler.wait(2);
  begun = Date.now();
  current = Symbol();
}

function track<T>(among: Set<Promise<unknown>>, work: Promise<T>): Promise<T> {
  const run = work.finally(() => among.delete(run));
  among.add(run);
  return run;
}
