import { describe, expect } from "vitest";
import * as z from "zod";
import { logins } from "./logins.ts";
import { many, scenario } from "./scenario.ts";

const MINUTE = 60_000;
const destinations = { well: {}, other: { raw: true } };
const LENGTH = 900_000;
const LARGEST = 1_040_000;
const data = z.object({ warnings: z.array(z.string()), raw: z.object({ body: z.string() }) });
const unknown = z.object({ type: z.literal("vendor.unknown"), data });

/** 900 KB that do not deflate to much less. */
function noise(): string {
  const bytes = (count: number) => String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
  return Array.from({ length: LENGTH / 60_000 }, () => btoa(bytes(45_000))).join("");
}

/** An e-mail whose text is as hard to deflate as any can be. */
function latinNoise(): Uint8Array {
  const text = new Uint8Array(LARGEST);
  for (let at = 0; at < LARGEST; at += 65_536) crypto.getRandomValues(text.subarray(at, at + 65_536));
  const isText = (byte: number) => byte >= 0x20 && byte !== 0x22 && byte !== 0x5c;
  const [before, after] = ['{"id":1,"direction":"in","body":"', '"}'].map((part) => new TextEncoder().encode(part));
  return new Uint8Array([
    ...(before ?? []),
    ...text.map((byte) => (isText(byte) ? byte : 0x41 + (byte % 26))),
    ...(after ?? []),
  ]);
}

describe("bodies of 900 KB", () => {
  scenario("bodies of 900 KB", { destinations }, async (world) => {
    expect(new Set(await world.receive(logins(many(4), noise)))).toEqual(new Set([200]));
    await world.run();
    const got = await world.sink("other").received();
    expect(got.map(({ body }) => JSON.parse(body).data.raw.note.length)).toEqual(got.map(() => LENGTH));
  });

  scenario(
    "bodies of 900 KB, and the queue loses every message that announces one",
    { destinations },
    async (world) => {
      world.troubles.EVENTS = "fails";
      await world.receive(logins(many(4), noise));
      world.troubles.EVENTS = undefined;
      await world.runFor(MINUTE);
      world.lines.EVENTS.take(100);
    },
  );

  scenario("a body that the log cannot keep twice is kept as it came", { destinations }, async (world) => {
    const headers = { "content-type": "application/json; charset=windows-1252" };
    const response = await world.ask("/in/vcc/email?secret-key=chaos-key", { body: latinNoise(), headers });
    expect(response?.status).toBe(200);
    world.others = 1;
    await world.receive(logins(many(5)));
    await world.run();
    const got = await world.sink("well").received();
    const [large] = got.flatMap(({ body }) => unknown.safeParse(JSON.parse(body)).data ?? []);
    expect([large?.data.warnings, large?.data.raw.body.length]).toEqual([["too_large_to_read"], LARGEST]);
  });

  scenario("bodies of 900 KB, and a receiver that fails", { destinations }, async (world) => {
    await world.sink("other").behave({ status: 500 });
    await world.receive(logins(many(4), noise));
    await world.runFor(MINUTE);
    await world.sink("other").behave({});
  });

  scenario("ten bodies of 900 KB at once, and a receiver that fails", { destinations }, async (world) => {
    await world.sink("other").behave({ status: 404 });
    await world.receive(logins(10, noise));
    await world.runFor(MINUTE);
    await world.sink("other").behave({});
  });
});
