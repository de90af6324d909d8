import worker from "../src/index.ts";
import { consumeOwn, ofThisTest } from "./this-test.ts";

export { Gate, Incidents } from "../src/index.ts";

/** The Worker, but that no test gets what another one sent or wrote. */
export default {
  fetch: (request, env, ctx) => worker.fetch(request, ofThisTest(env), ctx),
  queue: (batch, env, ctx) => consumeOwn(batch, (own) => worker.queue(own, ofThisTest(env), ctx)),
  scheduled: (controller, env, ctx) => worker.scheduled(controller, ofThisTest(env), ctx),
} satisfies ExportedHandler<Env>;
