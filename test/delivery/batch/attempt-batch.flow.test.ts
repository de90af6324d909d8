import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { attemptBatch } from "../../../src/delivery/batch/attempt-batch.ts";
import { RequestBudget } from "../../../src/delivery/batch/request-budget.ts";
import { openSink } from "../../sink/sink.ts";
import { aWork } from "../../work.ts";
import { catchMessages, consumeAll } from "../consume-all.ts";
import { aDestination, anEvent } from "../event.ts";
import { aWebhook, configure, ledger } from "../scene.ts";

const DESTINATIONS = 5;
const ALL = 10 * DESTINATIONS;
/** Of 40 requests, each gate may need two. */
const WITHIN_FREE_PLAN = 40 - 2 * DESTINATIONS;

it.each([
  ["as many requests as the Free plan allows", {}, {}, WITHIN_FREE_PLAN],
  ["the same where the plan is said to be that", { plan: "free" }, {}, WITHIN_FREE_PLAN],
  ["all its requests where the plan is said to allow more", { plan: "paid" }, {}, ALL],
  ["all its requests where a variable allows more", {}, { REQUESTS_PER_BATCH: "200" }, ALL],
  ["as many as the Free plan allows where nonsense is said", {}, { REQUESTS_PER_BATCH: "many" }, WITHIN_FREE_PLAN],
])("a batch makes %s, and leaves the rest to the retries", async (what, settings, variables, delivered) => {
  const { url } = openSink();
  const ids = Array.from({ length: DESTINATIONS }, (_, number) => `${what.replaceAll(" ", "-")}-${number}`);
  await configure(Object.fromEntries(ids.map((id) => [id, { url }])), settings);
  const { queue: RETRIES } = catchMessages();
  await consumeAll(
    Array.from({ length: 10 }, () => aWebhook()),
    { RETRIES, ...variables },
  );
  expect((await ledger()).deliveries).toMatchObject({ due: ALL, delivered, waiting: ALL - delivered });
});

it("where no connection is left, a batch asks no gate and sends nothing: all of it is for the retries", async () => {
  const sink = openSink();
  const budget = new RequestBudget(env, undefined);
  const ends: (() => void)[] = [];
  for (let n = 0; n < 5; n += 1) budget.connections.use(new Promise<void>((resolve) => ends.push(resolve)));
  const gates = vi.fn(env.GATE.getByName.bind(env.GATE));
  const GATE: Env["GATE"] = Object.assign(Object.create(env.GATE), { getByName: gates });
  const destination = aDestination({ url: sink.url });
  const order = { event: anEvent(), destination, attempt: 1, run: 0, timeoutMs: 5000 };
  const rules = { env: { ...env, GATE }, secrets: new Set<string>(), budget, inSpan: aWork().inSpan };
  const attempt = () => attemptBatch([order], { ...rules, as: () => "first" });

  const { results, underWay } = await attempt();
  expect(results.get(order)).toMatchObject({ kind: "held", reason: "handed_over" });
  expect([underWay.size, gates.mock.calls.length]).toEqual([0, 0]);
  expect(await sink.received()).toEqual([]);

  ends[0]?.();
  await scheduler.wait(1);
  expect((await attempt()).results.get(order)).toMatchObject({ kind: "attempted" });
  expect([gates.mock.calls.length, (await sink.received()).length]).toEqual([1, 1]);
});
