import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { fitQueue } from "../../src/delivery/requeue/fit-queue.ts";
import {
  MAX_QUEUED_BYTES,
  ROOM_FOR_RESULTS_BYTES,
  type WebhookMessage,
  webhookMessage,
} from "../../src/intake/message.ts";
import { refuseMessages } from "../chaos/limits.ts";
import { openSink } from "../sink/sink.ts";
import { catchMessages, consumeAll } from "./consume-all.ts";
import { failingLog } from "./faulty-log.ts";
import { aWebhook, configure, ledger } from "./scene.ts";

const { queue: RETRIES } = catchMessages();
/** As many as are promised to fit, with ids as long as they may be. */
const DESTINATIONS = 200;
const PLAN = { REQUESTS_PER_BATCH: "1000" };
const LONGEST_ID = 64;
const bytesOf = (body: unknown) => new TextEncoder().encode(JSON.stringify(body)).byteLength;
const ids = (count: number) => Array.from({ length: count }, (_, n) => `d${n}-`.padEnd(LONGEST_ID, "x"));
const LOG = failingLog("AS wanted", "INTO event");

/** The largest message that the intake hands to the queue with its body. */
async function largestSent(): Promise<WebhookMessage> {
  const sources = { ucontact: { vendor: "ucontact", keys: ["room-key"], timezone: "UTC" } };
  await env.CONFIG.put("relay", JSON.stringify({ sources }));
  forgetRelay();
  const deferred: Promise<unknown>[] = [];
  const context = {
    waitUntil: (work: Promise<unknown>) => void deferred.push(work),
    passThroughOnException: () => undefined,
    props: {},
  };
  const send = async (length: number): Promise<WebhookMessage> => {
    const { queue: EVENTS, caught } = catchMessages();
    const fields = { event: "AgentLog", date: "2026-00-20 09:00:00", agent: "nora", isLogin: true };
    const request = new Request("https://relay.example.com/in/ucontact?key=room-key", {
      method: "POST",
      body: JSON.stringify({ ...fields, note: "é".repeat(length) }),
    });
    await app.fetch(request, { ...env, EVENTS }, context);
    await Promise.all(deferred.splice(0));
    return webhookMessage.parse(JSON.parse(String(caught[0])));
  };
  let [fits, over] = [0, 65_000];
  while (over - fits > 1) {
    const length = Math.floor((fits + over) / 2);
    if ((await send(length)).ref === undefined) fits = length;
    else over = length;
  }
  return send(fits);
}

describe("the largest message that the intake sends", () => {
  it("has room for the results of 200 destinations, and says all of them when the log takes none", {
    timeout: 120_000,
  }, async () => {
    const message = await largestSent();
    expect(bytesOf(message)).toBeGreaterThan(80_000);
    expect(bytesOf(message)).toBeLessThanOrEqual(MAX_QUEUED_BYTES - ROOM_FOR_RESULTS_BYTES);
    const sink = openSink();
    await configure(Object.fromEntries(ids(DESTINATIONS).map((id) => [id, { url: sink.url }])));
    await sink.behave({ status: 500, body: "\u0001".repeat(1024) });
    const { queue: DEAD, caught } = catchMessages();
    await consumeAll([message], { DEAD, RETRIES, LOG, ...PLAN });
    expect(caught).toHaveLength(1);
    refuseMessages(caught);
    const tried = (await sink.received()).length;
    expect(tried).toBeLessThanOrEqual(DESTINATIONS);
    await consumeAll(caught, { RETRIES }, "hookswitch-dead");
    expect((await sink.received()).length).toBe(tried);
    expect(await ledger()).toMatchObject({
      balanced: true,
      webhooks: { events: 1 },
      deliveries: { due: DESTINATIONS, waiting: DESTINATIONS },
    });
  });
});

describe("what is told of first attempts", () => {
  const result = (rest: object = {}) => ({
    state: "waiting" as const,
    attempt: 1,
    next: 1e13,
    at: 1e13,
    ms: 5,
    ...rest,
  });
  const withResults = (count: number, rest: object) =>
    aWebhook({ results: Object.fromEntries(ids(count).map((id) => [id, result(rest)])) });

  it("travels on whole while there is room for it", () => {
    const message = withResults(8, { answer: "no", reason: "status_500", status: 500 });
    expect(fitQueue(message)).toBe(message);
  });

  it.each(["\u0001", "é", '"', "漢"])(
    "loses the receivers' answers first, whatever they are made of: %j",
    (character) => {
      const message = withResults(20, { answer: character.repeat(1024), reason: "status_500", status: 500 });
      const body = "x".repeat(90_000);
      const fitting = fitQueue({ ...message, body });
      expect(bytesOf(fitting)).toBeLessThanOrEqual(MAX_QUEUED_BYTES);
      expect(Object.values(fitting?.results ?? {})).toEqual(
        Array.from({ length: 20 }, () => result({ reason: "status_500", status: 500 })),
      );
    },
  );

  it("loses all but what a delivery needs to go on where there are very many", () => {
    const message = {
      ...withResults(DESTINATIONS, { answer: "no", reason: "x".repeat(100) }),
      body: "x".repeat(89_000),
    };
    expect(Object.values(fitQueue(message)?.results ?? {})).toEqual(
      Array.from({ length: DESTINATIONS }, () => result({ ms: 0 })),
    );
  });

  it("is left behind only where even that is too much", () => {
    expect(fitQueue({ ...withResults(2000, {}), body: "x".repeat(89_000) })).toBeUndefined();
  });
});

it("8 receivers that answer with a kilobyte of control characters get each event once while the log is down", async () => {
  const sink = openSink();
  await configure(Object.fromEntries(ids(8).map((id) => [id, { url: sink.url }])));
  await sink.behave({ status: 500, body: "\u0001".repeat(1024) });
  let messages: unknown[] = [aWebhook({ body: JSON.stringify({ event: "x", note: "y".repeat(88_000) }) })];
  for (let times = 0; times < 3; times += 1) {
    const { queue: DEAD, caught } = catchMessages();
    await consumeAll(messages, { DEAD, RETRIES, LOG });
    refuseMessages(caught);
    expect(caught).toHaveLength(1);
    messages = caught;
  }
  expect(await sink.received()).toHaveLength(8);
});
