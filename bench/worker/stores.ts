/**
 * Stands in for KV, queues and D1 under plain workerd, as cheaply as may be: what remains is what the Worker itself costs.
 * KV values come as bindings named after their keys; queues and D1 take everything.
 */
const stores: ExportedHandler<Readonly<Record<string, string>>> = {
  async fetch(request, values) {
    const { pathname } = new URL(request.url);
    if (request.method === "GET") {
      const value = values[decodeURIComponent(pathname.slice(1))];
      return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
    }
    await request.arrayBuffer();
    return pathname.startsWith("/message") || pathname.startsWith("/batch")
      ? Response.json(QUEUED)
      : Response.json(DONE);
  },
};

const QUEUED = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } };
const DONE = { success: true, results: [], meta: { rows_read: 0, rows_written: 0, changes: 0 } };

export default stores;
