import { describe, expect, it } from "vitest";
import { deriveHmacKey } from "../../../src/config/secrets/derive-key.ts";
import { markOf, stampOf } from "../../../src/events/marks/mark.ts";
import {
  isSameTrait,
  looksLikeEmail,
  looksLikePhone,
  type Trait,
  type TraitKind,
} from "../../../src/events/marks/trait.ts";
import { traitsOf } from "../../../src/events/marks/traits-of.ts";

const trait = (kind: TraitKind, value: string): Trait => ({ kind, value });

describe("two traits", () => {
  it.each<[TraitKind, string, string]>([
    ["phone", "+36301234567", "+36 30 123-4567"],
    ["phone", "+36301234567", "0036301234567"],
    ["phone", "+36301234567", "06 30/123 4567"],
    ["phone", "+36301234567", "(30) 123 4567"],
    ["phone", "+36301234567", "1234567"],
    ["phone", "1001", "1001"],
    ["email", "Nora <Nora@Example.com>", "nora@example.com"],
    ["username", "Nora_K", " nora_k"],
    ["agent", "４１", "41"],
  ])("are the same %s: %s, %s", async (kind, one, other) => {
    expect(isSameTrait(trait(kind, one), trait(kind, other))).toBe(true);
    expect(await markOf(trait(kind, one), undefined)).toBe(await markOf(trait(kind, other), undefined));
  });

  it.each<[TraitKind, string, string]>([
    ["phone", "+36301234567", "234567"],
    ["phone", "+36301234567", "+36301234568"],
    ["phone", "+44301234567", "+36301234567"],
    ["phone", "41001", "1001"],
    ["email", "nora@example.com", "nora@example.org"],
    ["agent", "41", "411"],
  ])("are not the same %s: %s, %s", (kind, one, other) => {
    expect(isSameTrait(trait(kind, one), trait(kind, other))).toBe(false);
  });

  it("of two kinds are never the same, and share a mark where both are ids", async () => {
    expect(isSameTrait(trait("agent", "41"), trait("customer", "41"))).toBe(false);
    expect(await markOf(trait("agent", "41"), undefined)).toBe(await markOf(trait("customer", "41"), undefined));
    expect(await markOf(trait("phone", "41"), undefined)).not.toBe(await markOf(trait("agent", "41"), undefined));
  });
});

it("tells what may be a phone number or an address", () => {
  expect(["+36 30 123 4567", "1001", "41", "nora", "30/123-4567"].map(looksLikePhone)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
  expect(["a@b.c", "Nora <a@b>", "a b", "@"].map(looksLikeEmail)).toEqual([true, true, false, false]);
});

it("finds the traits of an event, each once, and nothing in what is none", () => {
  const data = {
    call: { id: "c1", from: "+3615550100", to: "1001" },
    agent: { id: "41", username: "nora_k", email: "nora@example.com" },
    customer: { id: "7", accountId: "A-9", externalId: "crm-7", phone: "+3615550100", handle: "jane@example.com" },
    message: { from: "help@example.com", to: ["+3615550123", "Jane <jane@example.com>", "someone"] },
    user: { id: 5, current: { mobilePhone: "+3615550199" }, previous: "gone" },
  };
  const found = traitsOf({ callid: "c1", data }).map(({ kind, value }) => `${kind} ${value}`);
  expect(found.toSorted()).toEqual([
    "account A-9",
    "agent 41",
    "call c1",
    "customer 7",
    "customer crm-7",
    "email Jane <jane@example.com>",
    "email help@example.com",
    "email jane@example.com",
    "email nora@example.com",
    "phone +3615550100",
    "phone +3615550123",
    "phone +3615550199",
    "phone 1001",
    "username nora_k",
  ]);
});

describe("marks", () => {
  it("are four bytes of which only the first is above 127, so that none is found between two others", async () => {
    const marks = await Promise.all(
      Array.from({ length: 300 }, (_, n) => markOf(trait("agent", String(n)), undefined)),
    );
    for (const mark of marks) expect(mark).toMatch(/^[89a-f][0-9a-f]([0-7][0-9a-f]){3}$/);
    expect(new Set(marks).size).toBe(300);
  });

  it("differ by key, and name the key first", async () => {
    const [one, other] = [await deriveHmacKey("one", "mark"), await deriveHmacKey("other", "mark")];
    const traits = [trait("agent", "41"), trait("call", "41"), trait("phone", "+36301234567")];
    const stamps = [await stampOf(traits, one), await stampOf(traits, other), await stampOf(traits, undefined)];
    for (const stamp of stamps) expect(stamp).toHaveLength(3 * 8);
    expect(new Set(stamps.flatMap((stamp) => stamp.match(/.{8}/g) ?? [])).size).toBe(9);
    expect(await stampOf([], one)).toBe("");
  });
});
