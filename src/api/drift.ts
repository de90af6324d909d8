import type { Handler } from "hono";
import { toInstant } from "../events/values/time.ts";
import { readDrift } from "../log/drift.ts";

const MAX_ITEMS = 500;

/** `GET /api/drift?source=`: what nobody expected in the webhooks, the newest first. */
export const drift: Handler<{ Bindings: Env }> = async (c) => {
  const found = await readDrift(c.env.LOG, c.req.query("source"), MAX_ITEMS);
  const items = found.map((one) => ({ ...one, first: toInstant(one.first), last: toInstant(one.last) }));
  return c.json({ items }, 200, { "cache-control": "no-store" });
};
