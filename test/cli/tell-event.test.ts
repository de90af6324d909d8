import { expect, test } from "vitest";
import { tellEvent } from "../../src/cli/events/event.ts";
import { clockIn } from "../../src/cli/relay/clock.ts";

const NOW = Date.parse("2026-11-20T09:10:20Z");
const until = "2026-11-20T09:11:20Z";
const sentence = `it is tried again at ${until}`;

test("an event is told by one clock, what it waits for too", () => {
  const waiting = { destination: "crm", run: 0, state: "waiting", attempt: 1, next: until, reason: "status_500" };
  const event = { id: "evt_1", type: "call.started", source: "/sources/hcc", time: "2026-11-20T09:00:00Z" };
  const deliveries = [{ ...waiting, attempts: [], waits: { for: "retry", until, sentence } }];
  const rest = { receipt: "rcpt_1", key: "env:K", warnings: [], duplicates: [], corrections: [] };
  const told = tellEvent({ event, deliveries, ...rest }, clockIn("Europe/Budapest", NOW)).join("\n");
  expect(told).toContain("it is tried again at 10:11:20");
  expect(told).not.toContain("Z");
});
