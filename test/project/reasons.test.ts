import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("operations.md says of each reason of a delivery what it is", () => {
  const [held = "", unread = ""] = readFileSync("src/log/reasons.ts", "utf8").split("export const unreadReason");
  const reasons = [...held.matchAll(/[=|] ["`]([a-z_]+)/g)].map(([, reason]) => reason);
  const causes = [...unread.matchAll(/"([a-z_]+)",/g)].map(([, reason]) => reason);
  expect(Math.min(reasons.length / 2, causes.length)).toBeGreaterThan(8);
  const told = readFileSync("docs/operations.md", "utf8");
  expect([...reasons, ...causes].filter((reason) => !told.includes(`\`${reason}`))).toEqual([]);
});
