import worker from "../../src/index.ts";
import { toBatch } from "./batch.ts";

export { Gate, Incidents } from "../../src/index.ts";

/** The consumer as it is, given a batch by a request. */
const measured: ExportedHandler<Env> = {
  async fetch(request, env, ctx) {
    const { batch, acknowledged } = toBatch(await request.json<string[]>());
    await worker.queue(batch, env, ctx);
    return Response.json({ acknowledged: acknowledged() });
  },
};

export default measured;
