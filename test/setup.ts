import { applyD1Migrations } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";
import { forgetClearViews } from "../src/api/masks/note-clear-view.ts";
import { forgetFailures } from "../src/api/people/note-failure.ts";
import { forgetRelay } from "../src/config/load-relay.ts";
import { forgetDrift } from "../src/delivery/fan-out/note-drift.ts";
import { forgetPatience } from "../src/delivery/fan-out/patience.ts";
import { forgetPauses } from "../src/delivery/gate/known-pauses.ts";
import { forgetRejections } from "../src/intake/refusals/note-rejection.ts";
import { forgetTidying } from "../src/login/store/keep-permissions.ts";
import { forgetPermissions } from "../src/login/store/permissions.ts";
import { givePatience } from "./busy-machine.ts";
import { clearBindings } from "./clear-bindings.ts";
import { endTest } from "./this-test.ts";

givePatience();

// Tests share their workers, so each begins as a new isolate would.
beforeEach(async () => {
  forgetRelay();
  forgetPermissions();
  forgetPauses();
  forgetDrift();
  forgetPatience();
  forgetRejections();
  forgetTidying();
  forgetFailures();
  forgetClearViews();
  await applyD1Migrations(env.LOG, env.MIGRATIONS);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await endTest();
  await clearBindings();
});
