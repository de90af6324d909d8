import worker from "../src/index.ts";
import { trackBatch } from "./batches.ts";

export { Gate } from "../src/index.ts";

/** The Worker, but that no test gets what another one sent. */
export default {
  ...worker,
  queue: (batch, env, ctx) => trackBatch(batch, async (own) => worker.queue?.(own, env, ctx)),
} satisfies ExportedHandler<Env>;
