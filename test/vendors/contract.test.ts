import { describe, expect, it } from "vitest";
import { envelope } from "../../src/events/envelope.ts";
import { dataSchema } from "../../src/events/types.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { fixturesOf } from "./fixtures.ts";

describe.each(vendorIds.map(vendorOf))("$id", (vendor) => {
  it.each(fixturesOf(vendor))("$name becomes the event beside it", async ({ event, expected }) => {
    const actual = await event();
    await expect(`${JSON.stringify(actual, null, 2)}\n`).toMatchFileSnapshot(expected);
    envelope.parse(actual);
    expect(dataSchema(actual.type).strict().parse(actual.data)).toEqual(actual.data);
  });
});
