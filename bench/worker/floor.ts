import { Hono } from "hono";

/** The floor of the platform: Hono, JSON read, one message sent, JSON answered. */
const app = new Hono<{ Bindings: Env }>()
  .post("/webhook", async (c) => {
    await c.env.EVENTS.send(await c.req.json());
    return c.json({ receipt: "rcpt_01ARZ3NDEKTSV4RRFFQ69G5FAV" });
  })
  .post("/question", async (c) => {
    c.executionCtx.waitUntil(c.env.EVENTS.send(await c.req.json()));
    return c.json({ "7": true, "11": false });
  });

export default app;
