import { describe, expect, it } from "vitest";
import { fitLog } from "../../../src/delivery/fan-out/fit-log.ts";
import type { Draft } from "../../../src/events/draft.ts";

/** Text that deflates badly. */
function noise(characters: number): string {
  let text = "";
  while (text.length < characters) text += btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(30_000))));
  return text.slice(0, characters);
}

const draftOf = (text: string): Draft => ({
  type: "message.received",
  vendorEvent: "message.received",
  subject: "message/1",
  callId: "7",
  data: { message: { text } },
  warnings: ["kind_mismatch"],
  kind: "message.received",
  windowMs: 1000,
});
const webhook = { kind: undefined, body: null, receivedAt: 0 };

describe("an event that is to stand in the log", () => {
  it("stays as it was read where it fits", async () => {
    const text = noise(900_000);
    const draft = draftOf(text);
    expect(await fitLog(draft, webhook, text)).toBe(draft);
    expect(await fitLog(draftOf("a".repeat(2_000_000)), webhook, "a")).toMatchObject({ type: "message.received" });
  });

  it("is kept as it came where it does not, and remains the event that it was", async () => {
    const text = noise(1_400_000);
    const { subject, callId, kind, windowMs } = draftOf(text);
    expect(await fitLog(draftOf(text), webhook, text)).toEqual({
      type: "vendor.unknown",
      vendorEvent: "message.received",
      data: {},
      warnings: ["too_large_to_read"],
      ...{ subject, callId, kind, windowMs },
    });
  });
});
