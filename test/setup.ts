import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, vi } from "vitest";

beforeEach(async () => {
  await applyD1Migrations(env.LOG, env.MIGRATIONS);
});

// Storage is isolated per file only; reset() makes it per test.
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await reset();
});
