import { expect, test } from "vitest";
import { addressPart } from "../../src/platform/address-part.ts";

test.each<[string | undefined, string | undefined]>([
  ["203.0.113.7", "203.0.113"],
  ["::ffff:203.0.113.7", "203.0.113"],
  ["2001:db8:12:34:56::1", "2001:db8:12"],
  ["2001:0DB8:0012:34::1", "2001:db8:12"],
  ["2001:db8::1", "2001:db8:0"],
  ["::1", "0:0:0"],
  ["unknown", undefined],
  ["", undefined],
  [undefined, undefined],
  ["1".repeat(100), undefined],
])("of %s the network is %s", (address, part) => {
  expect(addressPart(address)).toBe(part);
});
