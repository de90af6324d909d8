import { app } from "./app.ts";
import { consume } from "./delivery/consume.ts";
import { tend } from "./janitor/every-minute.ts";
import type { Work } from "./platform/work.ts";

export { Gate } from "./delivery/gate/gate.ts";

const worker: ExportedHandler<Env> = {
  fetch: app.fetch,
  queue: (batch, env, ctx) => consume(batch, workOf(env, ctx)),
  scheduled: (_controller, env, ctx) => tend(workOf(env, ctx)),
};

export default worker;

function workOf(env: Env, ctx: ExecutionContext): Work {
  return { env, now: Date.now(), defer: (work) => ctx.waitUntil(work) };
}
