import { expect, test } from "vitest";
import { checkPermissions } from "../../../src/login/map/check.ts";
import { parsePermissions } from "../../../src/login/store/parse-permissions.ts";

/** Microseconds that this process computes: whatever else the machine does is not among them. */
function costOf(ids: number): number {
  const list = JSON.stringify(Array.from({ length: ids }, (_, id) => id));
  const text = `{"users":{"1":{"allow":${list},"except":${list}},"2":{"allow":${list},"allow":${list}}}}`;
  const before = process.cpuUsage();
  const parsed = parsePermissions(text);
  expect(parsed).toMatchObject({ state: "faulty", faults: [{ path: "users.2.allow" }] });
  if (parsed.state === "faulty") expect(checkPermissions(parsed.value, "UTC", 0)).toMatchObject([{ path: "users.1" }]);
  return process.cpuUsage(before).user;
}

test("a map with long lists of projects is read and checked in proportion to its size", () => {
  costOf(1000);
  const [small, large] = [costOf(1000), costOf(10_000)];
  expect(large / small).toBeLessThan(40);
}, 300_000);
