import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import type { EventId } from "../../../src/events/event-id.ts";
import { type Claim, claimEvents } from "../../../src/log/events/claim.ts";
import { settle } from "../../../src/log/events/settle.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const aClaim = (id: EventId, receivedAt = NOW, rest: Partial<Claim> = {}): Claim => ({
  receipt: `rcpt_${ulid(receivedAt)}`,
  id,
  neighbours: [`${id}-before`, `${id}-after`],
  receivedAt,
  windowMs: 3 * MINUTE,
  ...rest,
});
const claim = async (...claims: Claim[]) => {
  const claimed = await claimEvents(env.LOG, claims);
  return claims.map(({ receipt }) => claimed.get(receipt)?.state);
};

describe("claimEvents", () => {
  it("gives an event to the first webhook and names it to the next", async () => {
    const [first, second] = [aClaim("evt_a"), aClaim("evt_a", NOW + MINUTE)];
    expect(await claim(first)).toEqual(["own"]);
    const claimed = await claimEvents(env.LOG, [second]);
    expect(claimed.get(second.receipt)).toEqual({ state: "duplicate", id: "evt_a", first: first.receipt });
  });

  it("decides within one batch, too", async () => {
    expect(await claim(aClaim("evt_a"), aClaim("evt_b"), aClaim("evt_a"))).toEqual(["own", "own", "duplicate"]);
  });

  it("lets a webhook that was cut off go on with its own claim", async () => {
    const cutOff = aClaim("evt_a");
    expect(await claim(cutOff)).toEqual(["own"]);
    expect(await claim(cutOff)).toEqual(["own"]);
  });

  const fail = (receipt: string, ids?: readonly EventId[]) =>
    settle(env.LOG, {
      ...{ events: [], deliveries: [], duplicates: [], additions: [], spooled: [] },
      failures: [{ receipt, source: "s", reason: "log_refused", message: "{}", ids }],
    });

  it.each<[string, Partial<Claim>]>([
    ["the same id", { id: "evt_a" }],
    ["the id of the window before", { id: "evt_a-before", neighbours: ["evt_a"] }],
  ])("gives an event to the next webhook when the first became none: %s", async (_, rest) => {
    const first = aClaim("evt_a");
    await claim(first);
    await fail(first.receipt);
    const second = aClaim("evt_a", NOW + MINUTE, rest);
    expect(await claim(first, second, aClaim("evt_a", NOW + 2 * MINUTE, rest))).toEqual([
      "settled",
      "own",
      "duplicate",
    ]);
    expect(await claim(first, second)).toEqual(["settled", "own"]);
  });

  it("keeps no claim of what becomes no event where its ids are known, and every other claim", async () => {
    const [failing, other] = [aClaim("evt_a"), aClaim("evt_b")];
    await claim(failing, other);
    await fail(failing.receipt, ["evt_a", "evt_b"]);
    expect((await env.LOG.prepare("SELECT id FROM claim").all()).results).toEqual([{ id: "evt_b" }]);
  });

  it("keeps the claim of an event that is said to be a failure later", async () => {
    const first = aClaim("evt_a");
    await claim(first);
    const event = { ...first, source: "s", type: "call.started", subject: undefined, time: "", key: "", due: 0 };
    await settle(env.LOG, {
      ...{ deliveries: [], duplicates: [], failures: [], additions: [], spooled: [] },
      events: [{ ...event, results: {}, body: new Uint8Array([1]) }],
    });
    await fail(first.receipt, ["evt_a"]);
    expect(await claim(aClaim("evt_a", NOW + MINUTE))).toEqual(["duplicate"]);
  });

  it("knows the event across the edge of two windows", async () => {
    const first = aClaim("evt_before", NOW, { neighbours: [] });
    const later = (receivedAt: number) => aClaim(`evt_after-${receivedAt}`, receivedAt, { neighbours: ["evt_before"] });
    expect(await claim(first)).toEqual(["own"]);
    const repeated = later(NOW + 2 * MINUTE);
    expect((await claimEvents(env.LOG, [repeated])).get(repeated.receipt)).toEqual({
      state: "duplicate",
      id: "evt_before",
      first: first.receipt,
    });
    expect(await claim(later(NOW + 4 * MINUTE))).toEqual(["own"]);
  });

  it("knows it also when both come in one batch", async () => {
    const first = aClaim("evt_before", NOW, { neighbours: ["evt_none", "evt_after"] });
    const second = aClaim("evt_after", NOW + MINUTE, { neighbours: ["evt_before", "evt_none"] });
    const claimed = await claimEvents(env.LOG, [first, second]);
    expect(claimed.get(first.receipt)).toEqual({ state: "own" });
    expect(claimed.get(second.receipt)).toEqual({ state: "duplicate", id: "evt_before", first: first.receipt });
    expect(await claim(first, second)).toEqual(["own", "duplicate"]);
  });

  it("leaves alone what was settled before", async () => {
    const done = aClaim("evt_a");
    await env.LOG.prepare("INSERT INTO duplicate (receipt, id, first, source) VALUES (?1, 'a', 'rcpt_0', 's')")
      .bind(done.receipt)
      .run();
    expect(await claim(done, aClaim("evt_b"))).toEqual(["settled", "own"]);
  });

  it("writes one row for an event and none for a repeated one", async () => {
    const written = async () => {
      const { results } = await env.LOG.prepare("SELECT count(*) AS rows FROM claim").all();
      return results[0]?.rows;
    };
    await claim(aClaim("evt_a"), aClaim("evt_a"), aClaim("evt_b"));
    expect(await written()).toBe(2);
  });
});
