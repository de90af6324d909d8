import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { deleteSpool, dueSpool, postponeSpool, putSpool, readSpooled } from "../../src/log/spool.ts";
import { inflate } from "../../src/platform/deflate.ts";
import { type Door, openDoor, problemOf } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.settle());

const path = "/in/ucontact?key=ucontact-key";
const MINUTE = 60_000;

/** 300 KB that do not deflate to nothing. */
const large = {
  event: "AgentLog",
  note: Array.from({ length: 10_000 }, () => crypto.randomUUID().slice(0, 30)).join(""),
};

async function post(body: unknown): Promise<{ status: number; receipt: string; ms: number; response: Response }> {
  const began = performance.now();
  const response = await door.post(path, body);
  const ms = performance.now() - began;
  const { receipt = "" } = response.status === 200 ? await response.clone().json<{ receipt: string }>() : {};
  return { status: response.status, receipt, ms, response };
}

describe("a webhook that the queue does not take", () => {
  test.each(["fails", "hangs"] as const)("lies in the spool, when the queue %s", async (state) => {
    door.queue = state;
    const { status, receipt, ms } = await post({ a: 1 });
    expect(status).toBe(200);
    expect(ms).toBeLessThan(2500);
    const [row, ...others] = await dueSpool(env.LOG, Date.now(), 10);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ receipt, tries: 0 });
    expect(JSON.parse(row?.message ?? "")).toMatchObject({ v: 1, receipt, source: "ucontact", body: '{"a":1}' });
  });

  test.each([
    ["fails", "fails"],
    ["hangs", "fails"],
    ["fails", "hangs"],
    ["hangs", "hangs"],
  ] as const)("is refused in time, when the queue %s and the log %s", async (queue, log) => {
    await post({ a: 1 });
    door.queue = queue;
    door.log = log;
    const { status, ms, response } = await post({ a: 1 });
    expect(status).toBe(503);
    expect(ms).toBeLessThan(2500);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await problemOf(response)).toMatchObject({ code: "not_stored" });
  });
});

describe("a webhook too large for the queue", () => {
  test("lies in the spool and travels by reference", async () => {
    const { status, receipt } = await post(large);
    expect(status).toBe(200);
    await door.settle();
    expect(door.queued).toMatchObject([{ receipt, ref: true, source: "ucontact" }]);
    expect(door.queued[0]).not.toHaveProperty("body");
  });

  test("is sent again after a minute, if its message is lost", async () => {
    door.queue = "fails";
    const { status, receipt } = await post(large);
    expect(status).toBe(200);
    expect(JSON.parse(await inflate((await readSpooled(env.LOG, receipt)) ?? new Uint8Array()))).toEqual(large);
    expect(await dueSpool(env.LOG, Date.now(), 10)).toEqual([]);
    const [row] = await dueSpool(env.LOG, Date.now() + MINUTE, 10);
    expect(JSON.parse(row?.message ?? "")).toMatchObject({ receipt, ref: true });
  });

  test.each(["fails", "hangs"] as const)("is refused in time, when the log %s", async (state) => {
    await post({ a: 1 });
    door.log = state;
    const { status, ms } = await post(large);
    expect(status).toBe(503);
    expect(ms).toBeLessThan(2500);
  });

  test("is what has over 90 KB on the wire, where every quote counts twice", async () => {
    await post({ text: '"'.repeat(20_000) });
    await post({ text: "x".repeat(80_000) });
    await post({ text: '"'.repeat(40_000) });
    await post({ text: "x".repeat(95_000) });
    await door.settle();
    expect(door.queued.map(({ ref }) => ref)).toEqual([undefined, undefined, true, true]);
  });
});

describe("a webhook becomes an event", () => {
  test.each([
    ["small", { event: "AgentLog", date: "2026-00-20 09:00:00", agent: "nora", isLogin: true }],
    ["large", large],
  ])("when it is %s", async (_, body) => {
    forgetRelay();
    const url = `https://relay.example.com${path}`;
    const response = await exports.default.fetch(url, { method: "POST", body: JSON.stringify(body) });
    const { receipt } = await response.json<{ receipt: string }>();
    await vi.waitUntil(() => env.LOG.prepare("SELECT 1 FROM event WHERE receipt = ?1").bind(receipt).first(), {
      timeout: 120_000,
    });
    expect(await readSpooled(env.LOG, receipt)).toBeUndefined();
  });
});

describe("the spool", () => {
  const put = (receipt: string, due: number) => putSpool(env.LOG, { receipt, due, message: `{"${receipt}":1}` });

  test("gives what is due, oldest first and so many at once", async () => {
    await put("rcpt_3", 100);
    await put("rcpt_1", 200);
    await put("rcpt_2", 300);
    expect((await dueSpool(env.LOG, 200, 10)).map(({ receipt }) => receipt)).toEqual(["rcpt_1", "rcpt_3"]);
    expect((await dueSpool(env.LOG, 300, 2)).map(({ receipt }) => receipt)).toEqual(["rcpt_1", "rcpt_2"]);
  });

  test("keeps a message once, however often it is put", async () => {
    await put("rcpt_1", 100);
    await put("rcpt_1", 900);
    expect(await dueSpool(env.LOG, 100, 10)).toMatchObject([{ receipt: "rcpt_1", tries: 0, message: '{"rcpt_1":1}' }]);
  });

  test("postpones a message, and counts how often", async () => {
    await put("rcpt_1", 100);
    await put("rcpt_2", 100);
    await postponeSpool(env.LOG, [
      { receipt: "rcpt_1", due: 500, counts: "tries" },
      { receipt: "rcpt_2", due: 600, counts: "refused" },
    ]);
    expect(await dueSpool(env.LOG, 499, 10)).toEqual([]);
    expect(await dueSpool(env.LOG, 500, 10)).toMatchObject([{ receipt: "rcpt_1", tries: 1, refused: 0 }]);
    expect(await dueSpool(env.LOG, 600, 1)).toMatchObject([{ receipt: "rcpt_1" }]);
    expect(await dueSpool(env.LOG, 600, 10)).toMatchObject([{}, { receipt: "rcpt_2", tries: 0, refused: 1 }]);
  });

  test("lets go of many at once", async () => {
    const receipts = Array.from({ length: 150 }, (_, n) => `rcpt_${n}`);
    await Promise.all(receipts.map((receipt) => put(receipt, 0)));
    await deleteSpool(env.LOG, receipts.slice(1));
    expect(await dueSpool(env.LOG, 0, 10)).toMatchObject([{ receipt: "rcpt_0" }]);
  });
});
