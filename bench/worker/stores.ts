/**
 * Stands in for KV, queues, D1 and the destinations under plain workerd, as cheaply as may be: what remains is what the
 * Worker itself costs. KV values come as bindings named after their keys; all else takes everything.
 */
const stores: ExportedHandler<Readonly<Record<string, string>>> = {
  async fetch(request, values) {
    const { pathname, hostname } = new URL(request.url);
    if (hostname.endsWith(DESTINATIONS)) {
      await request.arrayBuffer();
      return new Response(null, { status: 204 });
    }
    if (request.method === "GET") {
      const value = values[decodeURIComponent(pathname.slice(1))];
      return value === undefined ? new Response(null, { status: 404 }) : new Response(value);
    }
    if (pathname.startsWith("/message") || pathname.startsWith("/batch")) {
      await request.arrayBuffer();
      return Response.json(QUEUED);
    }
    // D1 answers each statement of a batch; the texts of the statements are all that has this beginning.
    const statements = (await request.text()).split('{"sql":').length - 1;
    return Response.json(Array.from({ length: statements }, () => DONE));
  },
};

const DESTINATIONS = ".example.com";
const QUEUED = { metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: 0 } } };
const DONE = { success: true, results: { columns: [], rows: [] }, meta: { rows_read: 0, rows_written: 0, changes: 0 } };

export default stores;
