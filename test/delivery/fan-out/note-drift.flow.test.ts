import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { app } from "../../../src/app.ts";
import { loadRelay, type Relay } from "../../../src/config/load-relay.ts";
import { forgetDrift, noteDrift } from "../../../src/delivery/fan-out/note-drift.ts";
import { readMessage } from "../../../src/delivery/fan-out/read-message.ts";
import { readDrift } from "../../../src/log/counts/drift.ts";
import { aWork } from "../../work.ts";
import { aWholeWebhook, configure } from "../scene.ts";

const TUESDAY = Date.parse("2026-11-17T08:00:00Z");
const MINUTE = 60_000;

let relay: Relay;
let works: Promise<unknown>[];
let lines: string[];

beforeEach(async () => {
  forgetDrift();
  works = [];
  lines = [];
  for (const level of ["warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => {
      if (/"event":"(vendor\.)?drift/.test(line)) lines.push(line);
    });
  }
  await configure({});
  const loaded = await loadRelay(aWork());
  if (loaded.state !== "ready") throw new Error("the configuration is sound");
  relay = loaded.value;
});
afterEach(forgetDrift);

/** Webhooks that were read and noted; what is written behind is waited for. */
async function note(bodies: object[], now: number, log: D1Database = env.LOG): Promise<number> {
  const messages = bodies.map((body) =>
    aWholeWebhook({ source: "vcc", vendor: "vcc-live", kind: "sms", receivedAt: now, body: JSON.stringify(body) }),
  );
  const read = await Promise.all(messages.map((message) => readMessage(message, relay, env)));
  noteDrift(
    read.flatMap((webhook) => webhook ?? []),
    { env: { ...env, LOG: log }, relay, now, defer: (work) => works.push(work) },
  );
  await Promise.all(works);
  return works.splice(0).length;
}
const rows = () => readDrift(env.LOG, "vcc", 100);

describe("drift", () => {
  test("is written at once when it is first seen, with one line in the log", async () => {
    expect(await note([{ smsId: 1, callQuality: "good" }], TUESDAY)).toBe(1);
    expect(await rows()).toEqual([
      {
        source: "vcc",
        path: "callQuality",
        what: "unknown_field",
        first: TUESDAY,
        last: TUESDAY,
        times: 1,
        sample: "text, 4 characters",
      },
    ]);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { event: "vendor.drift", source: "vcc", path: "callQuality", what: "unknown_field" },
    ]);
  });

  test("tells the operator a new word or id, and the log line only where it stood", async () => {
    await note([{ smsId: 1, direction: "sideways", projectId: 1 }], TUESDAY);
    expect(await rows()).toMatchObject([
      { path: "direction=sideways", what: "unknown_word", sample: "text, 8 characters" },
    ]);
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      { event: "vendor.drift", source: "vcc", path: "direction", what: "unknown_word" },
    ]);
  });

  test("costs nothing when there is none", async () => {
    expect(await note([{ smsId: 1 }, { smsId: 2 }], TUESDAY)).toBe(0);
    expect(await rows()).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("seen again is counted once a minute, without another line", async () => {
    const strange = { smsId: 1, callQuality: "good" };
    await note([strange], TUESDAY);
    lines.length = 0;
    expect(await note([strange, strange], TUESDAY + 10_000)).toBe(0);
    expect(await note([strange], TUESDAY + 59_999)).toBe(0);
    expect(await rows()).toMatchObject([{ times: 1 }]);
    expect(await note([strange], TUESDAY + MINUTE)).toBe(1);
    expect(await rows()).toMatchObject([{ times: 5, first: TUESDAY, last: TUESDAY + MINUTE }]);
    expect(lines).toEqual([]);
  });

  test("that waits to be counted goes along when something new is seen", async () => {
    await note([{ smsId: 1, a: 1 }], TUESDAY);
    await note([{ smsId: 1, a: 1 }], TUESDAY + 1000);
    expect(await note([{ smsId: 1, b: 1 }], TUESDAY + 2000)).toBe(1);
    expect((await rows()).map(({ path, times }) => [path, times])).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
  });

  test("is written at once again after an hour, and after the isolate is gone, but is news no more", async () => {
    await note([{ smsId: 1, a: 1 }], TUESDAY);
    lines.length = 0;
    await note([{ smsId: 1, b: 1 }], TUESDAY + 60 * MINUTE - 1);
    expect(await note([{ smsId: 1, a: 1 }], TUESDAY + 60 * MINUTE)).toBe(1);
    forgetDrift();
    expect(await note([{ smsId: 1, a: 1 }], TUESDAY + 61 * MINUTE)).toBe(1);
    expect(lines.map((line) => JSON.parse(line).path)).toEqual(["b"]);
    expect((await rows()).find(({ path }) => path === "a")?.times).toBe(3);
  });

  test("that cannot be written costs nobody anything", async () => {
    const broken = new Proxy(env.LOG, {
      get: () => () => {
        throw new Error("the log is down");
      },
    });
    expect(await note([{ smsId: 1, a: 1 }], TUESDAY, broken)).toBe(1);
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(["drift.not_kept"]);
  });

  test("keeps the shape of what came last, and no value in any place", async () => {
    await note([{ smsId: 1, mood: "jane.doe@example.com" }], TUESDAY);
    await note(
      [
        { smsId: 1, mood: 2125550173 },
        { smsId: 1, mood: ["canary"] },
      ],
      TUESDAY + MINUTE,
    );
    expect(await rows()).toMatchObject([{ path: "mood", times: 3, sample: "list, 1" }]);
    const later = TUESDAY + 400 * 24 * 60 * MINUTE;
    await note([{ smsId: 1, mood: true, "jane.doe@example.com": "+36205550100", direction: "Jane Doe" }], later);
    const stored = JSON.stringify((await env.LOG.prepare("SELECT * FROM drift").all()).results);
    expect(stored).not.toMatch(/jane|doe|canary|2125550173|3620/i);
    expect(lines.join()).not.toMatch(/jane|doe|canary|2125550173|3620/i);
    expect(await rows()).toContainEqual(expect.objectContaining({ path: "mood", last: later, sample: "boolean" }));
  });

  test("of webhooks that came through the queue is listed for the operator, and the event is none the worse", async () => {
    const receivedAt = TUESDAY + 5000;
    const body = JSON.stringify({ smsId: 7, callQuality: "x".repeat(300) });
    const message = aWholeWebhook({ source: "vcc", vendor: "vcc-live", kind: "sms", receivedAt, body });
    await env.EVENTS.send(message);
    await vi.waitFor(async () => expect(await rows()).toHaveLength(1), { timeout: 60_000, interval: 50 });
    const list = (query: string, token: string) =>
      app.request(
        `/api/drift${query}`,
        { headers: { authorization: `Bearer ${token}` } },
        env,
        createExecutionContext(),
      );
    expect(await (await list("", "test-admin-token")).json()).toEqual({
      items: [
        {
          source: "vcc",
          path: "callQuality",
          what: "unknown_field",
          first: "2026-11-17T08:00:05Z",
          last: "2026-11-17T08:00:05Z",
          times: 1,
          sample: "text, 300 characters",
        },
      ],
    });
    expect(await (await list("?source=ucontact", "test-admin-token")).json()).toEqual({ items: [] });
    expect((await list("", "wrong")).status).toBe(401);
    const event = await env.LOG.prepare("SELECT type FROM event WHERE receipt = ?1").bind(message.receipt).first();
    expect(event).toEqual({ type: "message.updated" });
  });
});
