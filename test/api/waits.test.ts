import { expect, it } from "vitest";
import { describeWait } from "../../src/api/events/waits.ts";
import { type Passage, waitsFor } from "../../src/status/waits.ts";

const NOW = Date.parse("2026-11-20T09:10:20Z");
const MINUTE = 60_000;
const crm = { destination: "crm", attempt: 1, next: null, reason: "breaker" };
const free: Passage = { paused: undefined, breaker: { state: "closed" } };
const failing: Passage = { ...free, breaker: { state: "open", nextProbe: NOW + 5 * MINUTE } };

it.each<[string, object, Passage, string | null, string]>([
  [
    "retry",
    { next: NOW + MINUTE, reason: "status_500" },
    free,
    "2026-11-20T09:11:20Z",
    "it is tried again at 2026-11-20T09:11:20Z",
  ],
  ["retry", { next: NOW + MINUTE, reason: "status_500" }, failing, "2026-11-20T09:11:20Z", "again"],
  ["turn", { next: NOW, attempt: 0, reason: "handed_over" }, free, "2026-11-20T09:10:20Z", "it is tried first"],
  ["turn", { next: NOW, attempt: 0, reason: "replay" }, free, "2026-11-20T09:10:20Z", "it is tried first"],
  ["answer", { next: NOW, attempt: 0, reason: "under_way" }, free, "2026-11-20T09:10:20Z", "its answer is waited for"],
  ["turn", {}, free, "2026-11-20T09:11:00Z", "cron wakes it"],
  ["turn", {}, { ...free, breaker: undefined }, "2026-11-20T09:11:00Z", "cron wakes it"],
  ["limit", { next: NOW, reason: "rate" }, free, "2026-11-20T09:10:20Z", "crm takes no more at once"],
  ["limit", { next: NOW, reason: "concurrency" }, free, "2026-11-20T09:10:20Z", "at once"],
  ["breaker", {}, failing, "2026-11-20T09:15:20Z", "crm fails; it is probed at"],
  [
    "breaker",
    {},
    { ...free, breaker: { state: "half_open", nextProbe: NOW - 1 } },
    "2026-11-20T09:10:20Z",
    "it is probed at",
  ],
  ["paused", {}, { ...failing, paused: { reason: "operator" } }, null, "npx hookswitch destinations resume crm"],
  ["paused", { next: NOW }, { ...free, paused: { reason: "configuration" } }, null, "is resumed in the configuration"],
  ["faulty_mask", {}, { ...free, paused: { reason: "faulty_mask" } }, null, "until the mask of crm is mended"],
])("waits for %s: %j", (what, row, passage, until, sentence) => {
  const told = describeWait({ ...crm, ...row }, passage, NOW);
  expect(told).toMatchObject({ for: waitsFor.parse(what), until });
  expect(told.sentence).toContain(sentence);
});
