import { ulid } from "ulid";
import { beforeEach, expect, it } from "vitest";
import { receiptOf } from "../../../src/events/receipt.ts";
import { consumeAll } from "../../delivery/consume-all.ts";
import { aWebhook, configure } from "../../delivery/scene.ts";
import { openSink } from "../../sink/sink.ts";
import created from "../../vendors/intelligent-contacts/call-created.json" with { type: "json" };
import saved from "../../vendors/intelligent-contacts/call-saved.json" with { type: "json" };
import payment from "../../vendors/vcc-live/payment-transaction.json" with { type: "json" };
import { call } from "../call.ts";

const webhook = (kind: string, body: object, vendor = "intelligent-contacts", source = "hcc") =>
  aWebhook({ source, vendor, kind, body: JSON.stringify(body) });

beforeEach(() => configure({}));

it("tells a call from its beginning to its final figures", async () => {
  const before = Date.now() - 60_000;
  const early = { ...webhook("call-saved", saved), receipt: receiptOf(ulid(before)), receivedAt: before };
  await consumeAll([early, webhook("call-created", created)]);
  const { status, body, text } = await call("GET", "calls/hcc/11142");
  expect([status, text]).toEqual([200, text]);
  expect(body).toMatchObject({
    source: "hcc",
    id: "11142",
    final: true,
    call: { id: "11142", durations: { total: 12, talk: 10 } },
    items: [
      {
        type: "call.started",
        late: true,
        corrected: [],
        states: { dead: 0 },
        event: { data: { call: { id: "11142" } } },
      },
      { type: "call.completed", late: false },
    ],
    gaps: [{ missing: "call.hungup" }],
    more: false,
  });
  expect(text).not.toContain('"raw"');
});

it("tells to each destination whether its events are there, and when they were tried", async () => {
  const sink = openSink();
  await configure({ crm: { url: sink.url }, bi: { url: "https://bi.example.com/", paused: true } });
  await consumeAll([webhook("call-created", created)]);
  const { body } = await call("GET", "calls/hcc/11142");
  const [item] = Array.isArray(body.items) ? body.items : [];
  expect(item.deliveries).toHaveLength(2);
  expect(item.deliveries).toEqual(
    expect.arrayContaining([
      { destination: "crm", state: "delivered", at: expect.stringMatching(/^\d{4}-/) },
      { destination: "bi", state: "waiting", at: null },
    ]),
  );
});

it("has what only belongs to the call, and nothing of another source", async () => {
  await consumeAll([webhook("payment-transaction", payment, "vcc-live", "vcc")]);
  expect((await call("GET", `calls/vcc/${payment.uuid}`)).body).toMatchObject({
    final: false,
    items: [{ type: "payment.updated" }],
  });
  expect((await call("GET", `calls/hcc/${payment.uuid}`)).status).toBe(404);
});

it("does not know a call without events", async () => {
  expect(await call("GET", "calls/hcc/4711")).toMatchObject({ status: 404, body: { code: "not_found" } });
});
