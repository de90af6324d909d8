import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import { forgetRelay } from "../src/config/load-relay.ts";
import { forgetDrift } from "../src/delivery/fan-out/note-drift.ts";
import { forgetPauses } from "../src/delivery/gate/known-pauses.ts";
import { forgetPermissions } from "../src/login/store/permissions.ts";
import { endTest } from "./this-test.ts";

// Tests share their workers, so each begins as a new isolate would.
beforeEach(async () => {
  forgetRelay();
  forgetPermissions();
  forgetPauses();
  forgetDrift();
  await applyD1Migrations(env.LOG, env.MIGRATIONS);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await endTest();
  await reset();
});
