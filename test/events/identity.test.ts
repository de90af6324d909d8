import { describe, expect, it } from "vitest";
import { type Draft, IDENTITY_WINDOW } from "../../src/events/draft.ts";
import { envelope } from "../../src/events/envelope.ts";
import { eventIds, subjectPrefix } from "../../src/events/identity.ts";

const draft: Draft = {
  type: "call.completed",
  vendorEvent: "inbound.call.ended",
  subject: "call/1",
  data: {},
  warnings: [],
  identity: ["inbound.call.ended", "1", "2025-02-03T09:19:01Z"],
  window: IDENTITY_WINDOW,
};
const start = 700 * IDENTITY_WINDOW;
const end = start + IDENTITY_WINDOW - 1;

const idAt = async (at: number, of: Draft = draft, source = "voiso") => (await eventIds(source, of, at)).id;

describe("the id of an event", () => {
  it("has the form that the envelope asks for", async () => {
    expect(envelope.shape.id.safeParse(await idAt(start)).success).toBe(true);
  });

  it("is the same from the first to the last millisecond of its window", async () => {
    expect(await idAt(end)).toBe(await idAt(start));
  });

  it("is another in the next window", async () => {
    expect(await idAt(end + 1)).not.toBe(await idAt(end));
  });

  it("has the ids of both neighbouring windows beside it, so that they meet at the edge", async () => {
    const [before, after] = await Promise.all([eventIds("voiso", draft, end), eventIds("voiso", draft, end + 1)]);
    expect(before.neighbours).toContain(after.id);
    expect(after.neighbours).toContain(before.id);
    expect(before.neighbours).toEqual([await idAt(start - 1), await idAt(end + 1)]);
  });

  it("keeps the width of its own window", async () => {
    const short: Draft = { ...draft, window: 60_000 };
    expect(await idAt(start + 59_999, short)).toBe(await idAt(start, short));
    expect(await idAt(start + 60_000, short)).not.toBe(await idAt(start, short));
  });

  it.each<[string, Draft]>([
    ["type", { ...draft, type: "call.hungup" }],
    ["subject", { ...draft, subject: "call/2" }],
    ["identity", { ...draft, identity: [...draft.identity, ""] }],
    ["order of identity", { ...draft, identity: [...draft.identity].reverse() }],
    ["border between two texts", { ...draft, identity: ["inbound.call.ended1", "", "2025-02-03T09:19:01Z"] }],
  ])("is another for another %s", async (_, other) => {
    expect(await idAt(start, other)).not.toBe(await idAt(start));
  });

  it("separates the sources in both of its halves", async () => {
    const [here, there] = [await idAt(start), await idAt(start, draft, "voiso-2")];
    expect(there.slice(0, 12)).not.toBe(here.slice(0, 12));
    expect(there.slice(12)).not.toBe(here.slice(12));
  });

  it("does not depend on what else the draft says", async () => {
    const other: Draft = { ...draft, data: { call: { id: "1" } }, warnings: ["kind_mismatch"], vendorEvent: "x" };
    expect(await idAt(start, other)).toBe(await idAt(start));
  });
});

describe("the prefix of a subject", () => {
  it("begins the ids of all its events, and of no other subject's", async () => {
    const prefix = await subjectPrefix("voiso", "call/1");
    expect(prefix).toHaveLength("evt_".length + 8);
    expect(await idAt(start)).toMatch(new RegExp(`^${prefix}`));
    expect(await idAt(start, { ...draft, type: "call.hungup", identity: ["x"] })).toMatch(new RegExp(`^${prefix}`));
    expect(await idAt(start, { ...draft, subject: "call/2" })).not.toMatch(new RegExp(`^${prefix}`));
  });
});
