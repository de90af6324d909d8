import { describe, expect, it } from "vitest";
import { whatIsShown } from "../../src/api/events/what-is-shown.ts";
import { exposureOf } from "../../src/api/masks/exposure.ts";
import { maskFor } from "../../src/api/masks/mask.ts";
import { vendorIds, vendorOf } from "../../src/vendors/index.ts";
import { fixturesOf } from "./fixtures.ts";

const [forViewers, forOperators] = (["viewer", "operator"] as const).map((role) =>
  maskFor(exposureOf(whatIsShown), role),
);

describe.each(vendorIds.map(vendorOf))("events of $id", (vendor) => {
  it.each(fixturesOf(vendor))("$name shows a viewer no name, no address, no number of anybody", async ({ event }) => {
    const clear = await event();
    const text = JSON.stringify(forViewers?.(clear, { hidden: false }));
    expect(text).not.toMatch(/@|nora|toth|fodor|lea_f|\+\d{6}/i);
    expect(JSON.stringify(forOperators?.(clear, { hidden: false }))).not.toMatch(/@(?!example)|Nora Kis|Toth|\+\d{6}/);
    expect(JSON.parse(text)).toMatchObject({ id: clear.id, type: clear.type, time: clear.time, vendor: clear.vendor });
  });
});
