import worker from "../../src/index.ts";

export { Gate, Incidents } from "../../src/index.ts";

/** A queue counts each started 64 KB of a message for each time it is written, read or deleted. */
const OPERATION = 64_000;

const nothing = { requests: 0, batches: 0, messages: 0, queueOperations: 0, rows: 0, gateRequests: 0 };
let meter = { ...nothing };
let batchOfOne = false;

/** The relay as it is, with a meter on all that is paid for. `POST /meter/ten` and `/meter/one` start it anew. */
const metered: ExportedHandler<Env> = {
  fetch: (request, env, ctx) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/meter") return Response.json(meter);
    if (pathname.startsWith("/meter/")) {
      batchOfOne = pathname.endsWith("one");
      meter = { ...nothing };
      return Response.json(meter);
    }
    if (pathname.startsWith("/in/")) meter.requests += 1;
    return worker.fetch?.(request, measure(env), ctx) ?? new Response(null, { status: 404 });
  },
  queue: async (batch, env, ctx) => {
    for (const part of batchOfOne ? batch.messages.map((message) => alone(batch, message)) : [batch]) {
      meter.batches += 1;
      meter.messages += part.messages.length;
      for (const { body } of part.messages) meter.queueOperations += operations(body);
      await worker.queue?.(part, measure(env), ctx);
    }
  },
};

export default metered;

function alone({ queue, metadata }: MessageBatch, message: Message): MessageBatch {
  return {
    queue,
    metadata,
    messages: [message],
    ackAll: () => message.ack(),
    retryAll: (options) => message.retry(options),
  };
}

function measure(env: Env): Env {
  const { LOG, GATE, EVENTS, RETRIES } = env;
  return {
    ...env,
    LOG: measureLog(LOG),
    GATE: measureGates(GATE),
    EVENTS: measureQueue(EVENTS),
    RETRIES: measureQueue(RETRIES),
  };
}

/** What is written is deleted some day, too. */
function measureQueue(queue: Queue): Queue {
  return Object.assign(Object.create(queue), {
    send: (body: unknown, options?: QueueSendOptions) => {
      meter.queueOperations += 2 * operations(body);
      return queue.send(body, options);
    },
    sendBatch: (messages: MessageSendRequest[]) => {
      for (const { body } of messages) meter.queueOperations += 2 * operations(body);
      return queue.sendBatch(messages);
    },
  });
}

function operations(body: unknown): number {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(body)).byteLength / OPERATION);
}

function measureLog(log: D1Database): D1Database {
  const count = <T extends D1Result>(result: T): T => {
    meter.rows += result.meta.rows_written;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind, run, all } = statement;
    return Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values)),
      run: async () => count(await run.call(statement)),
      all: async () => count(await all.call(statement)),
    });
  };
  return Object.assign(Object.create(log), {
    prepare: (text: string) => watch(log.prepare(text)),
    batch: async (statements: D1PreparedStatement[]) => (await log.batch(statements)).map(count),
  });
}

function measureGates(gates: Env["GATE"]): Env["GATE"] {
  return Object.assign(Object.create(gates), {
    getByName: (name: string) => {
      const gate = gates.getByName(name);
      type Gate = typeof gate;
      return {
        admit: (asked: Parameters<Gate["admit"]>[0]) => {
          meter.gateRequests += 1;
          return gate.admit(asked);
        },
        report: (told: Parameters<Gate["report"]>[0]) => {
          meter.gateRequests += 1;
          return gate.report(told);
        },
      };
    },
  });
}
