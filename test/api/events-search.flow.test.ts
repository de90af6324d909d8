import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import * as z from "zod";
import { findPage } from "../../src/api/events/search.ts";
import { forgetRelay } from "../../src/config/load-relay.ts";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../src/events/receipt.ts";
import { addRefusedRequests } from "../../src/log/counts/refused-requests.ts";
import { foldMarks } from "../../src/log/marks/fold.ts";
import { newRequestId } from "../../src/platform/request-id.ts";
import { aWork } from "../work.ts";
import { call } from "./call.ts";
import { type Kept, keepEvents, type Wanted } from "./keep-events.ts";

const START = Date.parse("2026-11-20T09:00:00Z");
const HOUR = 3_600_000;
const page = z.looseObject({
  items: z.array(z.looseObject({ receipt: z.string() })),
  next: z.string().nullable(),
  taken: z.array(z.string()),
});

const search = async (q: string, more: Record<string, string> = {}) => {
  const { status, text } = await call("GET", `events?${new URLSearchParams({ q, ...more })}`);
  expect([status, text]).toEqual([200, text]);
  return page.parse(JSON.parse(text));
};
const found = async (q: string, more: Record<string, string> = {}) =>
  (await search(q, more)).items.map(({ receipt }) => receipt);

const nora = { id: "41", username: "Nora_K", email: "nora@example.com" };
const jane = { id: "900", accountId: "ACC-7", externalId: "crm-1", phone: "+36301234567", email: "jane@example.com" };

let kept: readonly Kept[];
beforeEach(async () => {
  await env.CONFIG.put(
    "relay",
    JSON.stringify({
      sources: {
        ucontact: { vendor: "ucontact", keys: ["k"], region: "RU" },
        vcc: { vendor: "vcc-live", keys: ["k"] },
      },
    }),
  );
  forgetRelay();
  kept = await keepEvents(
    { at: START, subject: "call/7", data: { call: { id: "7", from: "+36301234567" }, agent: nora, customer: jane } },
    { at: START + 1, source: "vcc", subject: "agent/41", data: { agent: { id: "41" } } },
    { at: START + 2, subject: "call/41", data: { call: { id: "41", to: "+79123456789" } } },
    { at: START + 3, subject: "call/9", data: { customer: { id: "41" } } },
  );
});
const receipts = (...places: readonly number[]) => places.map((place) => kept[place]?.receipt);
const fold = async () => {
  for (let turn = 0; turn < 6; turn++) await foldMarks(env.LOG, START + HOUR, turn);
};

describe.each(["before", "after"])("q, %s the marks are folded", (when) => {
  beforeEach(async () => {
    if (when === "before") return;
    const crowd = Array.from(
      { length: 220 },
      (_, n): Wanted => ({ at: START + 10 + n, data: { agent: { id: `x${n}` } } }),
    );
    await keepEvents(...crowd);
    await fold();
    expect(await env.LOG.prepare("SELECT count(*) AS n FROM mark_block").first()).toEqual({ n: 1 });
  });

  it.each<[string, number[]]>([
    ["nora_k", [0]],
    ["NORA@example.com", [0]],
    ["ACC-7", [0]],
    ["crm-1", [0]],
    ["+36 30 123-4567", [0]],
    ["0036301234567", [0]],
    ["06301234567", [0]],
    ["30 123 4567", [0]],
    ["1234567", [0]],
    ["8 (912) 345-67-89", [2]],
    ["41", [3, 2, 1, 0]],
    ["7", [0]],
    ["call/7", [0]],
    ["agent/41", [1]],
    ["34567", []],
    // It ends alike, so that its mark is the same.
    ["+44 20 123 4567", []],
    ["nobody", []],
  ])("%s", async (q, places) => {
    expect(await found(q)).toEqual(receipts(...places));
  });

  it("narrows what it finds", async () => {
    expect(await found("41", { source: "vcc" })).toEqual(receipts(1));
    expect(await found("41", { type: "call.completed" })).toEqual([]);
    expect(await found("41", { subject: "call/9" })).toEqual(receipts(3));
    expect(await found("41", { since: "2026-11-20T09:00:00.002Z" })).toEqual(receipts(3, 2));
  });

  it("pages, each event once", async () => {
    const seen: string[] = [];
    let next: string | null = "";
    for (let pages = 0; next !== null && pages < 10; pages += 1) {
      const answer: z.infer<typeof page> = await search("41", { limit: "1", cursor: next });
      seen.push(...answer.items.map(({ receipt }) => receipt));
      next = answer.next;
    }
    expect(seen).toEqual(receipts(3, 2, 1, 0));
  });
});

it("pages through hundreds of events of one agent", async () => {
  const many = await keepEvents(
    ...Array.from({ length: 700 }, (_, n): Wanted => ({ at: START + 1000 + n * 7, data: { agent: { id: "busy" } } })),
  );
  await fold();
  const seen: string[] = [];
  let next: string | null = "";
  for (let pages = 0; next !== null && pages < 20; pages += 1) {
    const answer: z.infer<typeof page> = await search("busy", { limit: "200", cursor: next });
    seen.push(...answer.items.map(({ receipt }) => receipt));
    next = answer.next;
  }
  expect(next).toBeNull();
  expect(seen).toEqual(many.map(({ receipt }) => receipt).toReversed());
});

it.each([
  "tel:+36301234567",
  "+36 (0) 30 123 4567",
  "+36\u201130\u2011123\u20114567",
  "\uff0b\uff13\uff16 30 123 4567",
  "\u202a+36301234567\u202c",
  " +36301234567\n",
])("finds a phone number as it was pasted: %j", async (q) => {
  expect((await search(q)).items.map(({ receipt }) => receipt)).toEqual(
    (await search("+36301234567")).items.map(({ receipt }) => receipt),
  );
});

it("finds an id with a blank beside it", async () => {
  const [event] = kept;
  for (const q of [` ${event?.event.id}`, `${event?.receipt}\n`])
    expect((await search(q)).items).toMatchObject([{ receipt: event?.receipt }]);
});

it("tells what a text was read as", async () => {
  const taken = async (q: string) => (await search(q)).taken;
  expect(await taken(kept[0]?.event.id ?? "")).toEqual(["event"]);
  expect(await taken(kept[0]?.receipt ?? "")).toEqual(["receipt"]);
  expect(await taken("req_01KAG3V000000000000000000Z")).toEqual(["request"]);
  expect(await taken("call/7")).toEqual(["subject", "call", "agent", "username", "customer", "account"]);
  expect(await taken("+36301234567")).toContain("phone");
  expect(await taken("jane@example.com")).toContain("email");
  expect((await call("GET", "events")).body.taken).toEqual([]);
});

it("finds for a viewer no person, but what has an id of its own", async () => {
  const viewer = { name: "v", role: "viewer", by: "token" } as const;
  const asViewer = async (q: string) => {
    const whole = { from: FIRST_RECEIPT, before: LAST_RECEIPT };
    const { page, taken } = await findPage({ q, search: whole, limit: 50 }, viewer, aWork());
    return [page.events.map(({ receipt }) => receipt), taken];
  };
  expect(await asViewer("7")).toEqual([receipts(0), ["call"]]);
  expect(await asViewer("41")).toEqual([receipts(2), ["call"]]);
  expect(await asViewer("agent/41")).toEqual([receipts(1), ["subject", "call"]]);
  for (const q of ["nora_k", "jane@example.com", "+36301234567", "900"])
    expect(await asViewer(q)).toEqual([[], ["call"]]);
  await keepEvents({ at: START, subject: "agent/nora_k" });
  expect(await asViewer("agent/nora_k")).toEqual([[], ["call"]]);
});

it("finds what the key before marked, while there is one", async () => {
  const operator = { name: "o", role: "operator", by: "token" } as const;
  const underKeys = async (variables: object) => {
    const search = { from: FIRST_RECEIPT, before: LAST_RECEIPT };
    const work = aWork({ env: { ...env, ...variables } });
    const { page } = await findPage({ q: "nora_k", search, limit: 50 }, operator, work);
    return page.events.map(({ receipt }) => receipt);
  };
  const before = Reflect.get(env, "RELAY_KEY");
  expect(await underKeys({ RELAY_KEY: "another", RELAY_KEY_PREVIOUS: before })).toEqual(receipts(0));
  expect(await underKeys({ RELAY_KEY: "another" })).toEqual([]);
  expect(await underKeys({ RELAY_KEY: undefined })).toEqual([]);
});

it("answers with a refused request, and with what became of a receipt", async () => {
  const now = Date.now();
  const request = newRequestId(now);
  const row = { lot: "vcc", source: "vcc", kind: "user", reason: "no_key", status: 401, bytes: null, agent: null };
  await addRefusedRequests(env.LOG, [{ ...row, request, address: "192.0.2", came: "query key" }], now);
  expect(await search(request)).toMatchObject({
    items: [],
    taken: ["request"],
    request: {
      request,
      sentence: "The key came in query `key`; this source looks in query `secret-key`.",
      next: "Give the vendor the address that `npx hookswitch url vcc` prints, or name the place in `sources.vcc.auth`.",
    },
  });
  expect(await search(kept[0]?.receipt ?? "")).toMatchObject({ receipt: { state: "event" } });
  expect(await search("rcpt_nonsense")).not.toHaveProperty("receipt");
});
