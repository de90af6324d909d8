import { Hono } from "hono";
import { ulid } from "ulid";
import { authorize } from "./api/authorize.ts";
import { drift } from "./api/drift.ts";
import { health } from "./api/health.ts";
import { ledger } from "./api/ledger.ts";
import { schemas } from "./api/schemas.ts";
import { welcome } from "./api/welcome.ts";
import { receive } from "./intake/receive.ts";
import { logLine } from "./log/line.ts";
import { problem } from "./problem.ts";

/** Every route. */
export const app = new Hono<{ Bindings: Env }>({ strict: false });

app.route("/", welcome);
app.get("/health", health);
app.get("/schemas/*", schemas);

app.all("/in/:source", receive);
app.all("/in/:source/:kind", receive);
app.all("/in/:source/-/:key", receive);
app.all("/in/:source/-/:key/:kind", receive);

app.use("/api/*", authorize);
app.get("/api/ledger", ledger);
app.get("/api/drift", drift);

app.notFound(() => problem("not_found", `req_${ulid()}`));
app.onError((error) => {
  const instance = `req_${ulid()}`;
  logLine("error", "request.failed", { instance, error: error.name });
  return problem("internal_error", instance);
});
