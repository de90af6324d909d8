import { expect, it } from "vitest";
import { addressPart } from "../../src/platform/address-part.ts";

it.each([
  ["203.0.113.9", "203.0.113"],
  ["::ffff:203.0.113.9", "203.0.113"],
  ["2001:db8:1234:5678:9abc:def0:1234:5678", "2001:db8:1234"],
  ["2001:0DB8:0000:5678::1", "2001:db8:0"],
  ["2001:db8::1", "2001:db8:0"],
  ["2001::1:2:3:4:5", "2001:0:0"],
  ["::1", "0:0:0"],
  ["::", "0:0:0"],
  ["fe80::", "fe80:0:0"],
  [undefined, "unknown"],
  ["", "unknown"],
  ["somebody", "unknown"],
  ["203.0.113", "unknown"],
  ["203.0.113.9 and more", "unknown"],
])("of %s only %s is kept", (address, part) => {
  expect(addressPart(address)).toBe(part);
});
