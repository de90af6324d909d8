import { expect, test } from "vitest";
import { outcomeLines, progressLine, replayLines } from "../../src/cli/replays/lines.ts";
import type { ReplayView } from "../../src/cli/replays/view.ts";
import { clockOf } from "../../src/cli/sink/line.ts";

const until = "2026-11-20T17:19:25Z";
const progress = { found: 4, begun: 3, skipped: 1, waiting: 2, delivered: 1, dead: 0, expired: 0, more: false };
const replay: ReplayView = {
  id: "rpl_1",
  state: "done",
  sentence: "It began 3 of 4 deliveries of 4 events, 1 skipped.",
  who: "nora",
  reason: null,
  at: "2026-11-20T17:00:00Z",
  filter: { state: "dead", until: "2026-11-20T17:00:00Z" },
  destination: "bi",
  dryRun: false,
  perSecond: 10,
  events: 4,
  deliveries: 4,
  destinations: { crm: 4 },
  progress,
  waits: [
    { destination: "crm", deliveries: 2, for: "breaker", until, sentence: "2 wait for the breaker of crm, …" },
    { destination: "bi", deliveries: 1, for: "turn", until: null, sentence: "1 waits to go to bi, each at its time." },
  ],
  skipped: [{ receipt: "rcpt_1", destination: "crm", reason: "now_delivered" }],
  reasons: { now_delivered: 1 },
};
const breaker = `2 wait for the breaker of crm, next probe ${clockOf(Date.parse(until))}`;

test("what came of a replay says what waits for more than its turn, until when, and what was skipped", () => {
  expect(outcomeLines(replay)).toEqual([
    "began 3 of 4 deliveries of 4 events",
    `  ${breaker}`,
    "  skipped 1 that were delivered meanwhile",
  ]);
});

test("one replay is told with all that waits", () => {
  const text = replayLines(replay).join("\n");
  for (const word of [breaker, "1 waits to go to bi, each at its time", "by nora", "state dead, to bi, 10 a second"]) {
    expect(text).toContain(word);
  }
});

test.each([
  [{ state: "counting" }, "counting: 4 deliveries of 4 events so far"],
  [{ state: "running" }, "begun 3 of 4, 1 delivered, 2 waiting, 1 skipped"],
] as const)("%j goes on as %s", (change, line) => {
  expect(progressLine({ ...replay, ...change })).toBe(line);
});
