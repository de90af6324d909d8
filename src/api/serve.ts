import type { Context, Hono } from "hono";
import { newRequestId, type RequestId } from "../platform/request-id.ts";
import { workOf } from "../platform/work.ts";
import { problem } from "../problem.ts";
import { perform, refuseRole } from "./ask.ts";
import type { Shown } from "./masks/show-to.ts";
import { type Operation, Refusal, Reply } from "./operation.ts";
import type { Caller } from "./people/role.ts";
import { readSent } from "./sent.ts";

/** The operations of the API by method and path, e.g. `GET /api/events/:id`. */
export type Routes = Readonly<Record<`${"GET" | "POST" | "PUT" | "DELETE"} /api/${string}`, Operation>>;

/** What the API's routes find in their context: who calls. */
export type ApiEnv = { Bindings: Env; Variables: { caller: Caller } };

type App = Hono<ApiEnv>;
const NOT_STORED = { "cache-control": "no-store" };
/** Tells that something of the answer is hidden: `***` may stand in what a vendor sent, too. */
const MASKED = { "hookswitch-masked": "1" };

/** Serves every operation, and 405 where a path has others. */
export function serve(app: App, routes: Routes): void {
  const methods = new Map<string, string[]>();
  for (const [route, operation] of Object.entries(routes)) {
    const [method = "", path = ""] = route.split(" ");
    methods.set(path, [...(methods.get(path) ?? []), method]);
    app.on(method, path, (c) => answer(c, operation));
  }
  for (const [path, allowed] of methods) {
    const allow = allowed.join(", ");
    app.all(path, () => problem("method_not_allowed", newRequestId(), `Use one of ${allow}.`, { allow }));
  }
}

async function answer(c: Context<ApiEnv>, operation: Operation): Promise<Response> {
  const { mostBytes, anyText } = operation;
  const work = workOf(c);
  const caller = c.get("caller");
  const tooWeak = refuseRole(caller, operation);
  if (tooWeak !== undefined) return toResponse(refused(tooWeak), newRequestId(work.now));
  const text = await c.req.text();
  const parts = readParts(c, text, mostBytes, anyText);
  const request = { ...work, headers: c.req.raw.headers, text, caller };
  const shown = parts instanceof Refusal ? refused(parts) : await perform(operation, parts, request);
  return toResponse(shown, newRequestId(work.now));
}

function refused(result: Refusal): Shown {
  return { result, isMasked: false };
}

function toResponse({ result, isMasked }: Shown, instance: RequestId): Response {
  if (result instanceof Refusal) return problem(result.code, instance, result.detail, {}, result.members);
  const told = isMasked ? { ...NOT_STORED, ...MASKED } : NOT_STORED;
  if (!(result instanceof Reply)) return Response.json(result, { headers: told });
  const headers = { "content-type": "application/json", ...told, ...result.headers };
  return new Response(typeof result.body === "string" ? result.body : JSON.stringify(result.body), { headers });
}

/** An empty parameter counts as none: that is how a form sends a field that was left blank. */
function readParts(c: Context, text: string, mostBytes: number, anyText: boolean) {
  const parameters = [...new URL(c.req.url).searchParams].filter(([, value]) => value !== "");
  const query = Object.fromEntries(parameters);
  const [twice] = parameters.filter(([name], position) => parameters.findIndex(([other]) => other === name) < position);
  if (twice !== undefined) return new Refusal("invalid_request", `query.${twice[0]}: given more than once`);
  const sent = readSent(text, { mostBytes, anyText });
  return sent instanceof Refusal ? sent : { params: c.req.param(), query, body: sent.body };
}
