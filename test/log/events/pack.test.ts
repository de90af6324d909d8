import { expect, it } from "vitest";
import { isObject, parseJson } from "../../../src/events/json.ts";
import { packEvent, unpackEvent } from "../../../src/log/events/pack.ts";
import { anEvent } from "../../delivery/event.ts";

const round = async (event: ReturnType<typeof anEvent>) => {
  const { body, raw } = await packEvent(event);
  return JSON.stringify(await unpackEvent(body, raw));
};

it.each<[string, object]>([
  ["plain", { call: { id: "1" }, raw: { a: 1 } }],
  ["with digits that a double loses", { payment: { amount: 1 }, raw: { id: 12, sum: 1 } }],
  ["with a list", { raw: [1, "x", null] }],
  ["that is nothing", { raw: null }],
  ["that is not there", { call: { id: "1" } }],
])("what was received, %s, is taken out and put back, byte for byte", async (_what, data) => {
  const event = anEvent({ ...data });
  expect(await round(event)).toBe(JSON.stringify(event));
});

it("keeps every digit, and the order of members behind the data", async () => {
  const raw = parseJson('{"id":12345678901234567890,"sum":1.50,"7":1,"a":-0}');
  const event = { ...anEvent({ call: { id: "1" }, raw }), corrects: "evt_1" };
  const text = JSON.stringify(event);
  expect(text).toContain("12345678901234567890");
  expect(await round(event)).toBe(text);
});

it("without what was received, the event is whole", async () => {
  const { body, size } = await packEvent(anEvent({ call: { id: "1" }, raw: { secret: "no" } }));
  const event = await unpackEvent(body, undefined);
  expect(isObject(event) ? event.data : undefined).toEqual({ call: { id: "1" } });
  expect(size).toBeGreaterThan(300);
});

it("a short text is kept as it is, and a longer one deflated", async () => {
  const short = anEvent({ raw: { a: 1 } });
  const long = anEvent({ raw: { text: "as often as not ".repeat(100) } });
  expect((await packEvent(short)).raw).toBe('{"a":1}');
  const { raw } = await packEvent(long);
  expect(typeof raw === "string" ? Number.NaN : raw?.byteLength).toBeLessThan(200);
  expect(await round(long)).toBe(JSON.stringify(long));
});
