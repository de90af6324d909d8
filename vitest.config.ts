import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { keepTemporaryFilesInMemory } from "./test/temporary.ts";

keepTemporaryFilesInMemory();

// Shorter batch timeouts and fewer retries than those of wrangler.toml keep tests quick.
const quick = { maxBatchSize: 10, maxBatchTimeout: 0.05, maxRetries: 3, deadLetterQueue: "hookswitch-dead" };

/** Where the Worker runs in processes of its own. */
const processes = "test/{browser,cli,deploy,e2e,project,receivers}";

/** The Worker's parts on real bindings, in workerd. All that needs no binding is "pure", and is tried in Node. */
const workers = defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      main: "./test/main.ts",
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        cf: false,
        bindings: {
          PUBLIC_URL: "http://localhost:8787",
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
    isolate: false,
    include: ["test/**/*.flow.test.ts"],
    setupFiles: ["./test/setup.ts", "./test/seed.ts"],
    globalSetup: ["./test/sink/server.ts"],
  },
}));

export default defineConfig({
  test: {
    // Much of a test is waiting, so there is work for twice as many as there are cores; with more, what has a time limit is late.
    maxWorkers: 2 * availableParallelism(),
    // No test may fail because the machine has other work; what hangs is found nevertheless.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // What a passing test logs is not worth reading.
    silent: "passed-only",
    provide: { seed: Number(process.env.SEED ?? 20_261_127) },
    projects: [
      workers,
      {
        test: {
          name: "pure",
          isolate: false,
          include: ["test/**/*.test.ts"],
          setupFiles: ["./test/seed.ts"],
          exclude: ["**/*.flow.test.ts", `${processes}/**`],
        },
      },
      { test: { name: "deploy", include: ["test/deploy/**/*.test.ts"] } },
      {
        resolve: {
          alias: { "cloudflare:workers": fileURLToPath(new URL("test/browser/workers.ts", import.meta.url)) },
        },
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: ["./test/browser/announce.ts", "./test/e2e/build.ts"],
        },
      },
      {
        test: {
          name: "node",
          isolate: false,
          include: ["test/{cli,e2e,project,receivers}/**/*.test.ts"],
          setupFiles: ["./test/own-environment.ts"],
          globalSetup: ["./test/e2e/build.ts"],
        },
      },
    ],
  },
});
