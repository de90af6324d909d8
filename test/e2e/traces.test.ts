import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { unstable_getMiniflareWorkerOptions } from "wrangler";
import * as z from "zod";
import { readModules } from "../../src/cli/local/build/worker-modules.ts";
import { inProject } from "../../src/cli/local/project-path.ts";
import { migrate } from "../../src/cli/local/state/migrate.ts";
import { Receiver, SECRET } from "./receiver.ts";

const TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
const attributes = z.string().transform((text): unknown => JSON.parse(text));
const row = z.tuple([z.string(), z.string().nullable(), attributes.nullable()]);
const answer = z.object({ result: z.object({ rows: z.array(row) }) });

const receiver = new Receiver();
let runtime: Miniflare;
let url: URL;

/** The relay on a runtime that traces, with the store of traces that local development has. */
beforeAll(async () => {
  await receiver.open();
  const { modulesRules: _, ...options } = unstable_getMiniflareWorkerOptions(inProject("wrangler.toml")).workerOptions;
  const worker = {
    ...options,
    name: "hookswitch",
    modules: [...(await readModules(inject("worker")))],
    bindings: { ALLOW_PRIVATE_DESTINATIONS: "true" },
    // Both come in one batch: of two, the second would be left to the retries where the first takes long.
    queueConsumers: { "hookswitch-events": { maxBatchSize: 2, maxBatchTimeout: 60 } },
  };
  const local = { cf: false, telemetry: { enabled: false }, unsafeObservability: true, unsafeLocalExplorer: true };
  runtime = new Miniflare(convertV4MiniflareOptions({ ...local, workers: [worker] }));
  url = await runtime.ready;
  await migrate(runtime);
  const documents = await runtime.getKVNamespace("CONFIG");
  const sources = { vcc: { vendor: "vcc-live", keys: ["trace-key"] } };
  const destinations = { crm: { url: receiver.url, secrets: [SECRET] } };
  await documents.put("relay", JSON.stringify({ sources, destinations }));
}, 120_000);

afterAll(async () => {
  await runtime.dispose();
  await receiver.kill();
});

it("shows the stages of a webhook and of a login as spans, and gives its trace to the destination", async () => {
  for (const [kind, body] of [
    ["sms", { id: 1, projectId: 7, text: "one" }],
    ["project-login", { projectId: 7, userId: 41 }],
  ] as const) {
    const request = { method: "POST", body: JSON.stringify(body), headers: { traceparent: TRACEPARENT } };
    expect((await fetch(new URL(`/in/vcc/${kind}?secret-key=trace-key`, url), request)).status).toBe(200);
  }
  await vi.waitUntil(() => receiver.heads.length === 2, { timeout: 60_000 });
  for (const head of receiver.heads) expect(head).toContain(`"traceparent":"${TRACEPARENT}"`);
  for (const text of receiver.bodies) expect(JSON.parse(text)).toMatchObject({ traceparent: TRACEPARENT });
  await vi.waitUntil(async () => (await readSpans()).some(({ name }) => name === "fan_out.settle"), {
    timeout: 60_000,
  });
  const all = await readSpans();
  const named = (wanted: string) => all.filter(({ name }) => name === wanted);
  expect(named("intake.prove")).toHaveLength(2);
  expect(named("intake.store")).toMatchObject([{ attributes: { source: "vcc", receipt: expect.any(String) } }]);
  expect(named("login.answer")).toMatchObject([{ attributes: { source: "vcc" } }]);
  expect(named("delivery.attempt")).toHaveLength(2);
  for (const { attributes, parent } of named("delivery.attempt")) {
    expect(attributes).toMatchObject({ destination: "crm", attempt: 1, traceparent: TRACEPARENT });
    expect(parent).toBe("fan_out.attempt");
  }
  for (const stage of ["fan_out.read", "fan_out.claim", "fan_out.settle"]) expect(named(stage)).not.toEqual([]);
});

/** Every span of the traces so far, with the name of the one that it stands in. */
async function readSpans() {
  const sql = `SELECT span.name, parent.name, json(span.attributes)
    FROM spans AS span LEFT JOIN spans AS parent ON parent.span_id = span.parent_id`;
  const response = await fetch(new URL("/cdn-cgi/local/explorer/api/local/observability/query", url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ sql }),
  });
  const { rows } = answer.parse(await response.json()).result;
  return rows.map(([name, parent, attributes]) => ({ name, parent, attributes }));
}
