import { app } from "./app.ts";
import { consume } from "./delivery/consume.ts";
import { tend } from "./janitor/every-minute.ts";

export { Gate } from "./delivery/gate/gate.ts";

const worker: ExportedHandler<Env> = {
  fetch: app.fetch,
  queue: (batch, env, ctx) => consume(batch, env, (work) => ctx.waitUntil(work)),
  scheduled: (_controller, env, ctx) => tend(env, (work) => ctx.waitUntil(work)),
};

export default worker;
