import { describe, expect } from "vitest";
import { many, scenario } from "./scenario.ts";
import { logins } from "./world.ts";

const MINUTE = 60_000;
const destinations = { well: {}, other: { raw: true } };
const LENGTH = 900_000;

/** 900 KB that do not deflate to much less. */
function noise(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(45_000));
  const text = btoa(String.fromCharCode(...bytes));
  return Array.from({ length: LENGTH / text.length }, () => [...text].sort(() => Math.random() - 0.5).join("")).join(
    "",
  );
}

describe("bodies of 900 KB", () => {
  scenario("bodies of 900 KB", { destinations }, async (world) => {
    expect(new Set(await world.receive(logins(many(10), noise)))).toEqual(new Set([200]));
    await world.run();
    const got = await world.sink("other").received();
    expect(got.map(({ body }) => JSON.parse(body).data.raw.note.length)).toEqual(got.map(() => LENGTH));
  });

  scenario(
    "bodies of 900 KB, and the queue loses every message that announces one",
    { destinations },
    async (world) => {
      world.troubles.EVENTS = "fails";
      await world.receive(logins(many(10), noise));
      world.troubles.EVENTS = undefined;
      await world.runFor(MINUTE);
      world.lines.EVENTS.take(100);
    },
  );

  scenario("bodies of 900 KB, and a receiver that fails", { destinations }, async (world) => {
    await world.sink("other").behave({ status: 500 });
    await world.receive(logins(many(10), noise));
    await world.runFor(MINUTE);
    await world.sink("other").behave({});
  });
});
