import { expect, test } from "vitest";
import { examine } from "../../src/config/check/examine.ts";
import { locate } from "../../src/config/documents/locate.ts";
import { hideSecrets, restoreSecrets } from "../../src/config/secrets/hide-secrets.ts";

/** What is wrong with each source, and with each destination. */
function faulty(number: number): string {
  const each = Array.from({ length: number }, (_, position) => position);
  return JSON.stringify({
    sources: Object.fromEntries(each.map((n) => [`s${n}`, { vendor: "voiso", keys: [`env:K${n}`], [`bogus${n}`]: 1 }])),
    destinations: Object.fromEntries(
      each.map((n) => [`d${n}`, { url: "https://crm.example.com/", secrets: [`env:S${n}`], sources: ["?"] }]),
    ),
  });
}

/** Microseconds that this process computes: whatever else the machine does is not among them. */
async function costOf(number: number): Promise<number> {
  const text = faulty(number);
  const before = process.cpuUsage();
  const { faults, remarks } = await examine(text, { rules: { allowPrivate: false }, lookup: () => undefined });
  expect(faults.length).toBeGreaterThanOrEqual(number);
  const told = locate(text, [...faults, ...remarks]);
  expect(told.every(({ line, column }) => line === 1 && column !== undefined)).toBe(true);
  const { user } = process.cpuUsage(before);
  return user;
}

test("whoever checks a large document in which much is wrong waits in proportion to its size", async () => {
  await costOf(250);
  const [small, large] = [await costOf(250), await costOf(2500)];
  expect(large / small).toBeLessThan(30);
}, 300_000);

test("a large document full of secrets is shown without them, and put back, in proportion to its size", () => {
  const shownAndBack = (number: number) => {
    const each = Array.from({ length: number }, (_, n) => [`s${n}`, { vendor: "voiso", keys: [`secret number ${n}`] }]);
    const text = JSON.stringify({ sources: Object.fromEntries(each) }, undefined, 2);
    const before = process.cpuUsage();
    expect(restoreSecrets(hideSecrets(text), text)).toEqual({ text });
    return process.cpuUsage(before).user;
  };
  shownAndBack(500);
  const [small, large] = [shownAndBack(500), shownAndBack(5000)];
  expect(large / small).toBeLessThan(40);
}, 300_000);
