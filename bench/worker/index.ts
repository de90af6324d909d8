import { Hono } from "hono";
import worker from "../../src/index.ts";

export { Gate, Incidents } from "../../src/index.ts";

let reads = 0;
let counted: Env | undefined;

/** What the login answer is compared with: a route that reads a question and answers at once; and what KV was asked. */
const bare = new Hono()
  .post("/bare", async (c) => {
    await c.req.json();
    return c.json({ "7": true, "11": false });
  })
  .get("/reads", (c) => c.json({ reads }));

/** The relay as it is, beside the bare route; its queue is emptied unread, so that only the answer is measured. */
const measured: ExportedHandler<Env> = {
  fetch: (request, env, ctx) => {
    counted ??= { ...env, PERMISSIONS: count(env.PERMISSIONS) };
    const { pathname } = new URL(request.url);
    return pathname === "/bare" || pathname === "/reads"
      ? bare.fetch(request, env, ctx)
      : (worker.fetch?.(request, counted, ctx) ?? new Response(null, { status: 404 }));
  },
  queue: (batch) => batch.ackAll(),
};

export default measured;

function count(permissions: KVNamespace): KVNamespace {
  return new Proxy(permissions, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) => {
        if (name === "get") reads++;
        return member.apply(target, parameters);
      };
    },
  });
}
