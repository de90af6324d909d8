import { env } from "cloudflare:workers";
import { ulid } from "ulid";
import { describe, expect, it } from "vitest";
import { type Claim, claimEvents } from "../../../src/log/events/claim.ts";
import { settle } from "../../../src/log/events/settle.ts";

const NOW = Date.parse("2026-11-20T09:00:00Z");
const MINUTE = 60_000;
const aClaim = (id: string, receivedAt = NOW, rest: Partial<Claim> = {}): Claim => ({
  receipt: `rcpt_${ulid(receivedAt)}`,
  id,
  neighbours: [`${id}-before`, `${id}-after`],
  receivedAt,
  window: 3 * MINUTE,
  ...rest,
});
const claim = async (...claims: Claim[]) => {
  const claimed = await claimEvents(env.LOG, claims);
  return claims.map(({ receipt }) => claimed.get(receipt)?.state);
};

describe("claimEvents", () => {
  it("gives an event to the first webhook and names it to the next", async () => {
    const [first, second] = [aClaim("a"), aClaim("a", NOW + MINUTE)];
    expect(await claim(first)).toEqual(["own"]);
    const claimed = await claimEvents(env.LOG, [second]);
    expect(claimed.get(second.receipt)).toEqual({ state: "duplicate", id: "a", first: first.receipt });
  });

  it("decides within one batch, too", async () => {
    expect(await claim(aClaim("a"), aClaim("b"), aClaim("a"))).toEqual(["own", "own", "duplicate"]);
  });

  it("lets a webhook that was cut off go on with its own claim", async () => {
    const cutOff = aClaim("a");
    expect(await claim(cutOff)).toEqual(["own"]);
    expect(await claim(cutOff)).toEqual(["own"]);
  });

  const fail = (receipt: string, ids?: readonly string[]) =>
    settle(env.LOG, {
      ...{ events: [], deliveries: [], duplicates: [], additions: [], spooled: [] },
      failures: [{ receipt, source: "s", reason: "log_refused", message: "{}", ids }],
    });

  it.each([
    ["the same id", { id: "a" }],
    ["the id of the window before", { id: "a-before", neighbours: ["a"] }],
  ])("gives an event to the next webhook when the first became none: %s", async (_, rest) => {
    const first = aClaim("a");
    await claim(first);
    await fail(first.receipt);
    const second = aClaim("a", NOW + MINUTE, rest);
    expect(await claim(first, second, aClaim("a", NOW + 2 * MINUTE, rest))).toEqual(["settled", "own", "duplicate"]);
    expect(await claim(first, second)).toEqual(["settled", "own"]);
  });

  it("keeps no claim of what becomes no event where its ids are known, and every other claim", async () => {
    const [failing, other] = [aClaim("a"), aClaim("b")];
    await claim(failing, other);
    await fail(failing.receipt, ["a", "b"]);
    expect((await env.LOG.prepare("SELECT id FROM claim").all()).results).toEqual([{ id: "b" }]);
  });

  it("keeps the claim of an event that is said to be a failure later", async () => {
    const first = aClaim("a");
    await claim(first);
    const event = { ...first, source: "s", type: "call.started", subject: undefined, time: "", key: "", due: 0 };
    await settle(env.LOG, {
      ...{ deliveries: [], duplicates: [], failures: [], additions: [], spooled: [] },
      events: [{ ...event, results: {}, body: new Uint8Array([1]) }],
    });
    await fail(first.receipt, ["a"]);
    expect(await claim(aClaim("a", NOW + MINUTE))).toEqual(["duplicate"]);
  });

  it("knows the event across the edge of two windows", async () => {
    const first = aClaim("before", NOW, { neighbours: [] });
    const later = (receivedAt: number) => aClaim(`after-${receivedAt}`, receivedAt, { neighbours: ["before"] });
    expect(await claim(first)).toEqual(["own"]);
    const repeated = later(NOW + 2 * MINUTE);
    expect((await claimEvents(env.LOG, [repeated])).get(repeated.receipt)).toEqual({
      state: "duplicate",
      id: "before",
      first: first.receipt,
    });
    expect(await claim(later(NOW + 4 * MINUTE))).toEqual(["own"]);
  });

  it("knows it also when both come in one batch", async () => {
    const first = aClaim("before", NOW, { neighbours: ["none", "after"] });
    const second = aClaim("after", NOW + MINUTE, { neighbours: ["before", "none"] });
    const claimed = await claimEvents(env.LOG, [first, second]);
    expect(claimed.get(first.receipt)).toEqual({ state: "own" });
    expect(claimed.get(second.receipt)).toEqual({ state: "duplicate", id: "before", first: first.receipt });
    expect(await claim(first, second)).toEqual(["own", "duplicate"]);
  });

  it("leaves alone what was settled before", async () => {
    const done = aClaim("a");
    await env.LOG.prepare("INSERT INTO duplicate (receipt, id, first, source) VALUES (?1, 'a', 'rcpt_0', 's')")
      .bind(done.receipt)
      .run();
    expect(await claim(done, aClaim("b"))).toEqual(["settled", "own"]);
  });

  it("writes one row for an event and none for a repeated one", async () => {
    const written = async () => {
      const { results } = await env.LOG.prepare("SELECT count(*) AS rows FROM claim").all();
      return results[0]?.rows;
    };
    await claim(aClaim("a"), aClaim("a"), aClaim("b"));
    expect(await written()).toBe(2);
  });
});
