import type { Handler } from "hono";
import { readLedger } from "../log/ledger.ts";

/** `GET /api/ledger`: what became of everything that was accepted. */
export const ledger: Handler<{ Bindings: Env }> = async (c) => {
  const backlogs = await Promise.all([c.env.EVENTS.metrics(), c.env.DEAD.metrics()]);
  const queued = backlogs.reduce((sum, { backlogCount }) => sum + backlogCount, 0);
  return c.json(await readLedger(c.env.LOG, queued), 200, { "cache-control": "no-store" });
};
