import { expect, it } from "vitest";
import { loadRelay } from "../../../src/config/load-relay.ts";
import { progressOf } from "../../../src/delivery/retries/progress.ts";
import { aWork } from "../../work.ts";
import { configure } from "../scene.ts";

it.each([
  ["at once when its destination is well", {}, true],
  ["when it asked to be, whatever an earlier probe noted", { retryAfter: "600" }, false],
])("what failed as a probe is tried again %s", async (_what, asked, isReleased) => {
  await configure({ crm: { url: "http://127.0.0.1:9/", retry: { delays: [60] } } });
  const loaded = await loadRelay(aWork());
  const [destination] = loaded.state === "ready" ? loaded.value.destinations : [];
  if (destination === undefined) throw new Error("there is no destination");
  const row = { receipt: "rcpt_1", destination: "crm", run: 0, source: "s", type: "call.started", since: 0, size: 0 };
  const delivery = { ...row, attempt: 0, next: 0, reason: null };
  const outcome = { kind: "answered", status: 503, ...asked } as const;
  const result = { kind: "attempted", outcome, at: 1000, ms: 5, probe: true } as const;
  // The log keeps what it has where nothing is said, and lets go what has a time there.
  expect(progressOf({ delivery, destination, chosen: true }, result)).toMatchObject({ probed: isReleased ? 1000 : 0 });
});
