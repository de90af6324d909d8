import { describe, expect, it } from "vitest";
import { webhookOf } from "../../src/delivery/replay/webhook-of.ts";
import { envelope } from "../../src/events/envelope.ts";
import { parseJson } from "../../src/events/json.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { fixturesOf, toEvent } from "./fixtures.ts";

describe.each(vendorIds.map(vendorOf))("$id", (vendor) => {
  it.each(fixturesOf(vendor))("$name is the same event when it is read again", async ({ event, source }) => {
    const first = JSON.stringify(await event());
    const again = await toEvent(vendor, webhookOf(envelope.parse(parseJson(first))), source);
    expect({ ...again, id: "" }).toEqual({ ...(await event()), id: "" });
  });
});
