import { afterEach, expect, it } from "vitest";
import { forgetPatience, isLeftToRetries, noteUnderWay } from "../../../src/delivery/fan-out/patience.ts";

afterEach(forgetPatience);

it("attempts whose invocation died take up room only as long as they could have taken", () => {
  const until = 20_000;
  for (let place = 0; place < 16; place += 1) noteUnderWay(`d${place}`, new Promise(() => undefined), until);
  expect(isLeftToRetries("other", 1, until)).toBe(true);
  expect(isLeftToRetries("other", 1, until + 1)).toBe(false);
});
