import { app } from "./app.ts";
import { consume } from "./delivery/consume.ts";
import { tend } from "./janitor/every-minute.ts";
import { workOf } from "./platform/work.ts";

export { Gate } from "./delivery/gate/gate.ts";
export { Incidents } from "./incidents/incidents.ts";

const worker = {
  fetch: app.fetch,
  queue: (batch, env, ctx) => consume(batch, workOf({ env, executionCtx: ctx })),
  scheduled: (_controller, env, ctx) => tend(workOf({ env, executionCtx: ctx })),
} satisfies ExportedHandler<Env>;

export default worker;
