import type { Handler } from "hono";
import { loadRelay } from "../config/load.ts";
import { withTimeLimit } from "../config/time-limit.ts";

const LOG_LIMIT = 2000;

/** `GET /health`: 200 `{"ok":true}`, or 503 with the names of what is broken. */
export const health: Handler<{ Bindings: Env }> = async (c) => {
  const loaded = await loadRelay(c.env, (work) => c.executionCtx.waitUntil(work));
  const log = await withTimeLimit(c.env.LOG.prepare("SELECT 1 FROM tally LIMIT 1").all(), LOG_LIMIT);
  const broken = [
    ...(loaded.state === "unreadable" ? ["config_unreadable"] : []),
    ...(loaded.faults === undefined ? [] : ["config_invalid"]),
    ...(log.ok ? [] : ["log_unreadable"]),
  ];
  const headers = { "cache-control": "no-store" };
  return broken.length === 0 ? c.json({ ok: true }, 200, headers) : c.json({ ok: false, broken }, 503, headers);
};
