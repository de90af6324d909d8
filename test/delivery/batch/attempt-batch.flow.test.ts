import { expect, it } from "vitest";
import { openSink } from "../../sink/sink.ts";
import { catchMessages, consumeAll } from "../consume-all.ts";
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
