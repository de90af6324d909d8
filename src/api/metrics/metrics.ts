import type { Handler } from "hono";
import { loadRelay } from "../../config/load-relay.ts";
import { acceptedAtIfAny } from "../../events/receipt.ts";
import { readOldestWaiting } from "../../log/deliveries/standing.ts";
import { readTotals } from "../../log/ledger/totals.ts";
import { LOG_LIMIT_MS } from "../../platform/d1/in-time.ts";
import { newRequestId } from "../../platform/request-id.ts";
import { hourOf } from "../../platform/time/instant.ts";
import { withTimeLimit } from "../../platform/time-limit.ts";
import { workOf } from "../../platform/work.ts";
import { problem } from "../../problem.ts";
import { isAtLeast } from "../people/role.ts";
import type { ApiEnv } from "../serve.ts";
import { familiesOf } from "./families.ts";
import { OPEN_METRICS, printMetrics } from "./open-metrics.ts";

/** `GET /metrics`: OpenMetrics text for a Prometheus, from counters alone but for the age of what waits. */
export const metrics: Handler<ApiEnv> = async (c) => {
  const work = workOf(c);
  const instance = newRequestId(work.now);
  const caller = c.get("caller");
  if (!isAtLeast(caller, "viewer")) {
    return problem("forbidden", instance, `This needs the role viewer; yours is ${caller.role}.`);
  }
  const loaded = await loadRelay(work);
  const configured = loaded.state === "ready" ? loaded.value.destinations.map(({ id }) => id) : [];
  const read = await withTimeLimit(
    Promise.all([readTotals(work.env.LOG, hourOf(work.now)), readOldestWaiting(work.env.LOG, configured)]),
    LOG_LIMIT_MS,
  );
  if (!read.ok) return problem("not_ready", instance, "The counters cannot be read at the moment.");
  const [{ ever }, oldest] = read.value;
  const oldestMs = new Map([...oldest].map(([id, receipt]) => [id, work.now - (acceptedAtIfAny(receipt) ?? work.now)]));
  return new Response(printMetrics(familiesOf({ ever, oldestMs, destinations: configured })), {
    headers: { "content-type": OPEN_METRICS, "cache-control": "no-store" },
  });
};
