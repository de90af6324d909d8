import { Hono } from "hono";
import { withTimeLimit } from "../../src/platform/time-limit.ts";
import { toBatch } from "./batch.ts";

const RECEIPT = "rcpt_01ARZ3NDEKTSV4RRFFQ69G5FAV";
const QUEUE_LIMIT_MS = 1200;

/** The floor of the platform: Hono, JSON read, one message sent, JSON answered; and a batch that is sent on and written down. */
const app = new Hono<{ Bindings: Env }>()
  .post("/webhook", async (c) => {
    await c.env.EVENTS.send(await c.req.json());
    return c.json({ receipt: RECEIPT });
  })
  .post("/obliged", async (c) => {
    const began = Date.now();
    const body = JSON.stringify(JSON.parse(new TextDecoder().decode(await c.req.arrayBuffer())));
    const message = {
      v: 1,
      receipt: RECEIPT,
      source: "vcc-live",
      vendor: "vcc-live",
      receivedAt: began,
      key: "#0",
      body,
    };
    await withTimeLimit(c.env.EVENTS.send(JSON.stringify(message), { contentType: "text" }), QUEUE_LIMIT_MS);
    console.info(JSON.stringify({ event: "webhook.received", receipt: RECEIPT, ms: Date.now() - began }));
    return c.json({ receipt: RECEIPT });
  })
  .post("/question", async (c) => {
    c.executionCtx.waitUntil(c.env.EVENTS.send(await c.req.json()));
    return c.json({ "7": true, "11": false });
  })
  .post("/batch/:destinations", async (c) => {
    const destinations = Array.from({ length: Number(c.req.param("destinations")) }, (_, n) => `w${n}`);
    const { batch, acknowledged } = toBatch(await c.req.json<string[]>());
    for (const { body: message } of batch.messages) {
      const body = JSON.stringify(JSON.parse(String(message)));
      const sent = destinations.map((id) => fetch(`https://${id}.example.com/hooks`, { method: "POST", body }));
      for (const response of await Promise.all(sent)) await response.body?.cancel();
    }
    const written = c.env.LOG.prepare("INSERT INTO event SELECT value FROM json_each(?1)");
    await c.env.LOG.batch([written.bind(JSON.stringify(batch.messages.map(({ body }) => body)))]);
    for (const message of batch.messages) message.ack();
    return c.json({ acknowledged: acknowledged() });
  });

export default app;
