import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

// Short batch timeouts keep end-to-end tests quick; everything else is what wrangler.toml says.
const quick = { maxBatchSize: 10, maxBatchTimeout: 0.05, maxRetries: 3, deadLetterQueue: "hookswitch-dead" };

const workers = defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        cf: false,
        bindings: {
          ALLOW_PRIVATE_DESTINATIONS: "true",
          ADMIN_TOKEN: "test-admin-token",
          RELAY_KEY: "dGVzdC1yZWxheS1rZXktdGhhdC1pcy0zMi1ieXRlcyE=",
          MIGRATIONS: await readD1Migrations("./src/log/migrations"),
        },
        queueConsumers: {
          "hookswitch-events": quick,
          "hookswitch-retries": quick,
          "hookswitch-dead": { maxBatchSize: 10, maxBatchTimeout: 0.05, maxRetries: 3 },
        },
      },
    }),
  ],
  test: {
    name: "workers",
    // Storage is emptied after each test (test/setup.ts), so files share their workers: that saves a minute or two.
    isolate: false,
    include: ["test/**/*.test.ts"],
    exclude: ["test/cli/**", "test/e2e/**", "test/project/**", "test/vendors/**", "test/events/**"],
    setupFiles: ["./test/setup.ts"],
    globalSetup: ["./test/sink/server.ts"],
  },
}));

export default defineConfig({
  test: {
    // Much of a test is waiting, so both of two cores are worth a worker each.
    maxWorkers: "100%",
    // What a passing test logs is not worth reading.
    silent: "passed-only",
    projects: [
      workers,
      {
        test: {
          name: "node",
          include: ["test/{cli,e2e,project,vendors,events}/**/*.test.ts"],
        },
      },
    ],
  },
});
