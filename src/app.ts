import { Hono } from "hono";
import { authorize } from "./api/authorize.ts";
import { docsPage } from "./api/description/docs-page.ts";
import { openApi } from "./api/description/openapi.ts";
import { health } from "./api/health.ts";
import { metrics } from "./api/metrics/metrics.ts";
import { NO_SNIFF, noSniff } from "./api/no-sniff.ts";
import { whyNotDone } from "./api/not-done.ts";
import { routes } from "./api/routes.ts";
import { schemas } from "./api/schemas/serve.ts";
import { type ApiEnv, serve } from "./api/serve.ts";
import { welcome } from "./api/welcome.ts";
import { dashboard } from "./dashboard/dashboard.tsx";
import { INBOUND, routePath } from "./intake/path.ts";
import { receive } from "./intake/receive.ts";
import { describeError } from "./platform/describe-error.ts";
import { logLine } from "./platform/log-line.ts";
import { newRequestId } from "./platform/request-id.ts";
import { problem } from "./problem.ts";

/** What people and their tools call. */
const pages = new Hono<ApiEnv>({ getPath: routePath });

// Pages of their own headers: what is published is for other origins, too.
pages.route("/", schemas);
pages.route("/", welcome);
pages.get("/health", noSniff, health);

pages.use("/metrics", noSniff, authorize);
pages.get("/metrics", metrics);
pages.use("/api/*", noSniff);
pages.get("/api/openapi.json", openApi(routes));
pages.route("/", docsPage(routes));
pages.use("/api/*", authorize);
serve(pages, routes);

pages.route("/", dashboard);

pages.notFound((c) => problem("not_found", newRequestId(), whereThingsAre(c.req.path), NO_SNIFF));
pages.onError(failed);

/** Every route. That of the vendors has a router to itself: it is found at once, and an isolate's first webhook builds no other. */
export const app = new Hono<ApiEnv>({ getPath: routePath });

app.all(INBOUND, receive);
app.notFound((c) => pages.fetch(c.req.raw, c.env, c.executionCtx));
app.onError(failed);

function failed(error: Error): Response {
  const instance = newRequestId();
  logLine("error", "request.failed", { instance, error: describeError(error) });
  const notDone = whyNotDone(error);
  if (notDone !== undefined) return problem("log_unreadable", instance, notDone, NO_SNIFF);
  return problem("internal_error", instance, undefined, NO_SNIFF);
}

function whereThingsAre(path: string): string {
  return path.startsWith("/api/") || path === "/api"
    ? "The API has no such path; /api/docs lists all that it has."
    : "Nothing is here. Vendors call /in/<source>, the API is described at /api/docs, and / says what else there is.";
}
