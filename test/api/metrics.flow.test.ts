import { createExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { printMetrics } from "../../src/api/metrics/open-metrics.ts";
import { app } from "../../src/app.ts";
import { giveUpDeliveries } from "../../src/log/deliveries/give-up.ts";
import { recordReplays } from "../../src/log/deliveries/replays.ts";
import { foldTally } from "../../src/log/ledger/fold.ts";
import { addToTally } from "../../src/log/ledger/tally.ts";
import { removeOlder } from "../../src/log/retention.ts";
import { DAY_MS, HOUR_MS, hourOf } from "../../src/platform/time/instant.ts";
import { catchMessages, consumeAll } from "../delivery/consume-all.ts";
import { failingLog } from "../delivery/faulty-log.ts";
import { aWebhook, configure } from "../delivery/scene.ts";
import { openSink } from "../sink/sink.ts";
import { askLogin, configureVcc } from "./call.ts";
import { readOpenMetrics } from "./open-metrics.ts";

const ask = (authorization = "Bearer test-admin-token") =>
  exports.default.fetch(new Request("http://localhost/metrics", { headers: { authorization } }));
const read = async () => readOpenMetrics(await (await ask()).text());

/** The numbers of a metric: `{source="a",outcome="event"}` to 1. */
async function numbers(family: string, suffix = "") {
  const { samples = [] } = (await read()).get(family) ?? {};
  return Object.fromEntries(
    samples
      .filter(({ name }) => name === `${family}${suffix}`)
      .map(({ labels, value }) => [Object.values(labels).join(" "), value]),
  );
}

async function aBusyHour() {
  const [well, broken] = [openSink(), openSink()];
  await broken.behave({ status: 500 });
  const { queue: RETRIES, caught } = catchMessages();
  await configure({
    crm: { url: well.url, events: ["agent.*"] },
    bi: { url: broken.url, events: ["agent.*"], retry: { delays: [3600] } },
    old: { url: broken.url, events: ["agent.*"], retry: { delays: [] } },
  });
  const first = aWebhook();
  await consumeAll([first, aWebhook({ body: first.body }), aWebhook({ body: "[]" })], { RETRIES });
  return { caught, broken, RETRIES };
}

describe("GET /metrics", () => {
  it("tells what became of webhooks and deliveries, by the names of the contract", async () => {
    await aBusyHour();
    const families = await read();
    expect(Object.fromEntries([...families].map(([name, { type }]) => [name, type]))).toEqual({
      hookswitch_webhooks: "counter",
      hookswitch_unrouted: "counter",
      hookswitch_deliveries: "counter",
      hookswitch_attempt_seconds: "histogram",
      hookswitch_waiting: "gauge",
      hookswitch_oldest_waiting_seconds: "gauge",
      hookswitch_logins: "counter",
      hookswitch_questions: "counter",
      hookswitch_rejections: "counter",
    });
    expect(await numbers("hookswitch_webhooks", "_total")).toEqual({
      "ucontact event": 2,
      "ucontact duplicate": 1,
      "ucontact failed": 0,
    });
    expect(await numbers("hookswitch_deliveries", "_total")).toEqual({
      ...{ "crm delivered": 1, "crm dead": 0, "crm expired": 0 },
      ...{ "bi delivered": 0, "bi dead": 0, "bi expired": 0 },
      ...{ "old delivered": 0, "old dead": 1, "old expired": 0 },
    });
    expect(await numbers("hookswitch_waiting")).toEqual({ crm: 0, bi: 1, old: 0 });
    expect(Object.keys(await numbers("hookswitch_oldest_waiting_seconds"))).toEqual(["crm", "bi", "old"]);
  });

  it("counts each attempt in its bucket, also of those that fail and of those that come later", async () => {
    const { caught, RETRIES } = await aBusyHour();
    const attempts = () => numbers("hookswitch_attempt_seconds", "_count");
    expect(await attempts()).toEqual({ crm: 1, bi: 1, old: 1 });
    await consumeAll(caught, { RETRIES }, "hookswitch-retries");
    expect(await attempts()).toEqual({ crm: 1, bi: 2, old: 1 });
    expect(await numbers("hookswitch_waiting")).toMatchObject({ bi: 0 });
    const buckets = Object.entries(await numbers("hookswitch_attempt_seconds", "_bucket")).filter(([name]) =>
      name.startsWith("bi "),
    );
    expect(buckets.map(([name]) => name.slice(3))).toEqual([
      "0.05",
      "0.1",
      "0.25",
      "0.5",
      "1",
      "2.5",
      "5",
      "10",
      "30",
      "+Inf",
    ]);
    const counts = buckets.map(([, count]) => count);
    expect(counts).toEqual(counts.toSorted((one, other) => one - other));
    expect(counts.at(-1)).toBe(2);
  });

  it("counts as waiting what the rows say, whatever becomes of a delivery", async () => {
    const { caught, RETRIES, broken } = await aBusyHour();
    const rows = async () => {
      const { results } = await env.LOG.prepare(
        "SELECT destination, count(*) AS n FROM delivery WHERE state = 'waiting' GROUP BY destination",
      ).all();
      return { crm: 0, bi: 0, old: 0, ...Object.fromEntries(results.map(({ destination, n }) => [destination, n])) };
    };
    const expectSame = async (waiting: object) => {
      expect(await rows()).toEqual(waiting);
      expect(await numbers("hookswitch_waiting")).toEqual(waiting);
    };
    await expectSame({ crm: 0, bi: 1, old: 0 });
    const [{ receipt } = { receipt: "" }] = z
      .array(z.object({ receipt: z.string() }))
      .parse((await env.LOG.prepare("SELECT receipt FROM delivery WHERE state = 'dead'").all()).results);
    const replays = ["crm", "old"].map((destination) => ({
      ...{ receipt, destination, source: "ucontact", type: "agent.logged_in", next: Date.now() },
    }));
    await recordReplays(env.LOG, replays, Date.now());
    await expectSame({ crm: 1, bi: 1, old: 1 });
    await broken.behave({});
    await consumeAll(caught, { RETRIES }, "hookswitch-retries");
    await expectSame({ crm: 1, bi: 0, old: 1 });
    await giveUpDeliveries(env.LOG, [{ receipt, destination: "crm", run: 1, source: "ucontact" }], "row_unreadable");
    await expectSame({ crm: 0, bi: 0, old: 1 });
    expect(await numbers("hookswitch_deliveries", "_total")).toMatchObject({ "crm dead": 1, "bi delivered": 1 });
  });

  it("tells logins and refused requests", async () => {
    await configureVcc();
    await env.PERMISSIONS.put("vcc", JSON.stringify({ default: { allow: [7] } }));
    await askLogin({ userId: 41, projectId: 7 });
    await askLogin({ userId: 41, projectId: 8 });
    await exports.default.fetch(new Request("http://localhost/in/vcc/sms?secret-key=wrong", { method: "POST" }));
    await exports.default.fetch(new Request("http://localhost/in/nobody/sms", { method: "POST" }));
    await expect
      .poll(() => numbers("hookswitch_logins", "_total"), { timeout: 60_000 })
      .toEqual({ "vcc true": 1, "vcc false": 1 });
    await expect
      .poll(() => numbers("hookswitch_rejections", "_total"), { timeout: 60_000 })
      .toEqual({ "vcc wrong_key": 1, "* unknown_source": 1 });
  });

  it("never falls: not when hours are folded, nor when all rows go", async () => {
    await aBusyHour();
    const long = Date.now() - 3 * HOUR_MS;
    await addToTally(env.LOG, [{ hour: hourOf(long), source: "ucontact", events: 5, refused: { no_key: 2 } }]).run();
    const all = async () => [...(await read())].filter(([, { type }]) => type !== "gauge");
    const before = await all();
    await foldTally(env.LOG, Date.now());
    expect(await all()).toEqual(before);
    const later = Date.now() + 100 * DAY_MS;
    for (let step = 0; step < 3; step += 1) {
      await foldTally(env.LOG, later);
      await removeOlder(env.LOG, { before: later, now: later, full: 8e9, steps: 10 });
    }
    expect(await all()).toEqual(before);
  });

  it("is for whoever may look, and for nobody else", async () => {
    const response = await ask();
    expect(response.headers.get("content-type")).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect((await ask("Bearer wrong")).status).toBe(401);
    const headers = { authorization: "Bearer test-admin-token" };
    const request = new Request("http://localhost/metrics", { headers });
    const refused = await app.fetch(request, { ...env, LOG: failingLog("SELECT") }, createExecutionContext());
    expect([refused.status, await refused.json()]).toMatchObject([503, { code: "not_ready" }]);
  });
});

it("a label may hold anything", () => {
  const label = 'a "quoted"\\back\nline';
  const text = printMetrics([
    { name: "x", type: "counter", help: label, samples: [{ suffix: "_total", labels: { label }, value: 1.5 }] },
  ]);
  expect(readOpenMetrics(text).get("x")?.samples).toEqual([{ name: "x_total", labels: { label }, value: 1.5 }]);
  expect(text.endsWith("# EOF\n")).toBe(true);
});
