import { describe, expect, it } from "vitest";
import { unstable_readConfig } from "wrangler";
import * as z from "zod";
import { MAX_BATCH } from "../../src/delivery/batch/turns.ts";

const consumer = z.object({
  queue: z.string(),
  max_batch_size: z.number(),
  max_batch_timeout: z.number().max(60),
  max_retries: z.number().max(100),
  dead_letter_queue: z.string().optional(),
});

const config = z
  .object({
    observability: z.object({ traces: z.object({ enabled: z.boolean() }).optional() }).loose(),
    compatibility_flags: z.array(z.string()),
    vars: z.record(z.string(), z.string()),
    kv_namespaces: z.array(z.object({ binding: z.string(), id: z.string().optional() })),
    d1_databases: z.array(z.object({ binding: z.string(), database_id: z.string().optional() })),
    queues: z.object({ producers: z.array(z.object({ queue: z.string() })), consumers: z.array(consumer) }),
  })
  .parse(unstable_readConfig({ config: "wrangler.toml" }));

describe("wrangler.toml", () => {
  it("keeps queries, and the vendors' keys in them, out of every log", () => {
    expect(config.observability).toMatchObject({
      enabled: true,
      redact_query_string: true,
      logs: { enabled: true, invocation_logs: false },
    });
    expect(config.observability.traces?.enabled ?? false).toBe(false);
  });

  it("sends requests to the account's own zone through its front door", () => {
    expect(config.compatibility_flags).toContain("global_fetch_strictly_public");
  });

  it("does not let a queue wait for first attempts that go on behind their batch", () => {
    expect(config.compatibility_flags).toContain("queue_consumer_no_wait_for_wait_until");
  });

  it("delivers to private addresses only where a developer says so", () => {
    expect(config.vars.ALLOW_PRIVATE_DESTINATIONS).toBe("false");
  });

  it("leaves ids to the deployment, which creates what is missing", () => {
    expect(config.kv_namespaces.map(({ binding, id }) => [binding, id])).toEqual([
      ["CONFIG", undefined],
      ["PERMISSIONS", undefined],
    ]);
    expect(config.d1_databases.map(({ binding, database_id }) => [binding, database_id])).toEqual([["LOG", undefined]]);
  });

  it("has a consumer for each queue, with every option that differs between local and production", () => {
    const { producers, consumers } = config.queues;
    expect(consumers.map(({ queue }) => queue).sort()).toEqual(producers.map(({ queue }) => queue).sort());
    const dead = consumers.filter(({ dead_letter_queue }) => dead_letter_queue === undefined).map(({ queue }) => queue);
    expect(dead).toEqual(["hookswitch-dead"]);
  });

  it("has no larger batches than those in which each message gets its turn", () => {
    expect(Math.max(...config.queues.consumers.map(({ max_batch_size }) => max_batch_size))).toBe(MAX_BATCH);
  });
});
