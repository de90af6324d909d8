import type { Context } from "hono";
import { describeError } from "../../platform/describe-error.ts";
import { logLine } from "../../platform/log-line.ts";
import { newRequestId } from "../../platform/request-id.ts";
import type { DashboardEnv } from "./env.ts";
import { Problem } from "./problem.tsx";

/** A page that could not be made: what is known of it is in the Worker's log, under the id that is shown. */
export function showFailure(error: Error, c: Context<DashboardEnv>): Response | Promise<Response> {
  const instance = newRequestId();
  logLine("error", "request.failed", { instance, error: describeError(error) });
  const detail = `This page could not be made (${instance}). Try again in a moment; the first page says how the relay stands.`;
  c.header("cache-control", "no-store");
  return c.html(
    Problem({
      title: "Something failed",
      detail,
      nonce: c.get("secureHeadersNonce") ?? "",
      to: { path: "/dashboard", name: "Now" },
    }),
    500,
  );
}
