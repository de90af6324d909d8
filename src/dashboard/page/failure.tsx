import type { Context } from "hono";
import { whyNotDone } from "../../api/not-done.ts";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { newRequestId } from "../../platform/request-id.ts";
import type { DashboardEnv } from "./env.ts";
import { Problem } from "./problem.tsx";

const NOW = { path: "/dashboard", name: "Now" };

/** A page that could not be made: what is known of it is in the Worker's log, under the id that is shown. */
export function showFailure(error: Error, c: Context<DashboardEnv>): Response | Promise<Response> {
  const instance = newRequestId();
  logLine("error", "request.failed", { instance, error: describeError(error) });
  c.header("cache-control", "no-store");
  const nonce = c.get("secureHeadersNonce") ?? "";
  const notDone = whyNotDone(error);
  // Whoever pressed a button must know that nothing came of it.
  if (notDone !== undefined) return c.html(Problem({ title: "Not done", detail: notDone, nonce, to: NOW }), 503);
  const detail = `This page could not be made (${instance}). Try again in a moment; the first page says how the relay stands.`;
  return c.html(Problem({ title: "Something failed", detail, nonce, to: NOW }), 500);
}
