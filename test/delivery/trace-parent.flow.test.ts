import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { call } from "../api/call.ts";
import { openSink } from "../sink/sink.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

it.each(["cloudevents", "standard", "raw"])("goes along with every attempt and replay in format %s", async (format) => {
  const sink = openSink();
  await configure({ crm: { url: sink.url, format, retry: { delays: [0, 0, 0] } } });
  await sink.behave({ status: 500 });
  await env.EVENTS.send(aWebhook({ traceparent }));
  await sink.waitFor(2);
  await sink.behave({ status: 204 });
  await vi.waitUntil(async () => (await ledger()).deliveries.delivered === 1, { timeout: 60_000, interval: 50 });
  const before = await sink.received();
  expect((await call("POST", `events/${before[0]?.headers["webhook-id"]}/replay`)).status).toBe(200);
  const all = await sink.waitFor(before.length + 1);
  expect(all.map(({ headers }) => headers.traceparent)).toEqual(all.map(() => traceparent));
  if (format === "cloudevents") expect(JSON.parse(all[0]?.body ?? "")).toMatchObject({ traceparent });
});

it.each([undefined, "none"])("is not there where the message has %s", async (nothing) => {
  const sink = openSink();
  await configure({ crm: { url: sink.url } });
  await env.EVENTS.send({ ...aWebhook(), ...(nothing === undefined ? {} : { traceparent: nothing }) });
  const [got] = await sink.waitFor(1);
  expect(got?.headers).not.toHaveProperty("traceparent");
  expect(JSON.parse(got?.body ?? "")).not.toHaveProperty("traceparent");
});
