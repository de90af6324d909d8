import { describe, expect, it } from "vitest";
import { idKeysIn } from "../../src/config/secrets/id-keys.ts";
import { envelope } from "../../src/events/envelope.ts";
import { eventIds, type Identity, type IdKeys, subjectPrefixes, wordsOf } from "../../src/events/identity.ts";

const WINDOW = 28 * 24 * 60 * 60 * 1000;
const start = 700 * WINDOW;
const end = start + WINDOW - 1;
const unkeyed: IdKeys = { current: undefined };
const keys = (current?: string, previous?: string) =>
  idKeysIn((name) =>
    new Map([
      ["RELAY_KEY", current],
      ["RELAY_KEY_PREVIOUS", previous],
    ]).get(name),
  );

const identity: Identity = {
  source: "voiso",
  subject: "call/1",
  words: await wordsOf("inbound.call.ended", { data: { id: "1" } }),
  windowMs: WINDOW,
  receivedAt: start,
};
const idOf = async (rest: Partial<Identity> = {}, by: IdKeys = unkeyed) =>
  (await eventIds({ ...identity, ...rest }, by)).id;

const others = {
  kind: await wordsOf("outbound.call.ended", { data: { id: "1" } }),
  body: await wordsOf("inbound.call.ended", { data: { id: 1 } }),
  occasion: await wordsOf("inbound.call.ended", { data: { id: "1" } }, ["login", "rcpt_1"]),
};

describe("the id of an event", () => {
  it("has the form that the envelope asks for", async () => {
    expect(envelope.shape.id.safeParse(await idOf()).success).toBe(true);
    expect(envelope.shape.id.safeParse(await idOf({}, await keys("root"))).success).toBe(true);
  });

  it("is the same from the first to the last millisecond of its window", async () => {
    expect(await idOf({ receivedAt: end })).toBe(await idOf());
  });

  it("is another in the next window", async () => {
    expect(await idOf({ receivedAt: end + 1 })).not.toBe(await idOf());
  });

  it("has the ids of both neighbouring windows beside it, so that they meet at the edge", async () => {
    const before = await eventIds({ ...identity, receivedAt: end }, unkeyed);
    const after = await eventIds({ ...identity, receivedAt: end + 1 }, unkeyed);
    expect(before.neighbours).toContain(after.id);
    expect(after.neighbours).toContain(before.id);
    expect(before.neighbours).toEqual([await idOf({ receivedAt: start - 1 }), await idOf({ receivedAt: end + 1 })]);
  });

  it("keeps the width of its own window", async () => {
    const short = { windowMs: 60_000 };
    expect(await idOf({ ...short, receivedAt: start + 59_999 })).toBe(await idOf(short));
    expect(await idOf({ ...short, receivedAt: start + 60_000 })).not.toBe(await idOf(short));
  });

  it.each<[string, Partial<Identity>]>([
    ["subject", { subject: "call/2" }],
    ["missing subject", { subject: undefined }],
    ["words", { words: [...identity.words, ""] }],
    ["order of words", { words: [...identity.words].reverse() }],
    ["kind", { words: others.kind }],
    ["body", { words: others.body }],
    ["occasion", { words: others.occasion }],
  ])("is another for another %s", async (_, other) => {
    expect(await idOf(other)).not.toBe(await idOf());
  });

  it("separates the sources in both of its halves", async () => {
    const [here, there] = [await idOf(), await idOf({ source: "voiso-2" })];
    expect(there.slice(0, 12)).not.toBe(here.slice(0, 12));
    expect(there.slice(12)).not.toBe(here.slice(12));
  });

  it("tells nothing of what it was made of to whoever lacks the key: both halves are keyed", async () => {
    const [plain, keyed, otherwise] = [await idOf(), await idOf({}, await keys("a")), await idOf({}, await keys("b"))];
    expect(new Set([plain, keyed, otherwise].map((id) => id.slice(0, 12))).size).toBe(3);
    expect(new Set([plain, keyed, otherwise].map((id) => id.slice(12))).size).toBe(3);
    expect(await idOf({}, await keys("a"))).toBe(keyed);
  });

  it("is found under the key before, within its window and those beside it", async () => {
    const { id, neighbours } = await eventIds(identity, await keys("new", "old"));
    expect(id).toBe(await idOf({}, await keys("new")));
    for (const receivedAt of [start, start - 1, end + 1]) {
      expect(neighbours).toContain(await idOf({ receivedAt }, await keys("old")));
    }
    expect(neighbours).toHaveLength(5);
    expect((await eventIds(identity, await keys("same", "same"))).neighbours).toHaveLength(2);
  });
});

describe("the prefixes of a subject", () => {
  it("begin the ids of all its events, and of no other subject's", async () => {
    const [prefix = ""] = await subjectPrefixes("voiso", "call/1", unkeyed);
    expect(prefix).toHaveLength("evt_".length + 8);
    expect(await idOf()).toMatch(new RegExp(`^${prefix}`));
    expect(await idOf({ words: ["x"], receivedAt: end + 1 })).toMatch(new RegExp(`^${prefix}`));
    expect(await idOf({ subject: "call/2" })).not.toMatch(new RegExp(`^${prefix}`));
  });

  it("are two while the key is replaced", async () => {
    const [now = "", before = "", ...more] = await subjectPrefixes("voiso", "call/1", await keys("new", "old"));
    expect(more).toEqual([]);
    expect(await idOf({}, await keys("new"))).toMatch(new RegExp(`^${now}`));
    expect(await idOf({}, await keys("old"))).toMatch(new RegExp(`^${before}`));
  });
});
