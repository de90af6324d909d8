import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { readGivenUp } from "../../../src/log/deliveries/given-up.ts";

/** More than are looked at. */
const DELIVERIES = 4000;

it("examines at most 20,000 rows, however much was given up, and says that there is more", async () => {
  await env.LOG.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${DELIVERIES})
     INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, since, reason, attempts)
     SELECT 'rcpt_' || printf('01KAGZ%020d', i), 'crm', 0, 'vcc', 'call.started', 'dead', 1, 0, 'status_' || (500 + i % 4), '[]' FROM n`,
  ).run();
  let read = 0;
  const log: D1Database = Object.assign(Object.create(env.LOG), {
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await env.LOG.batch(statements);
      read += results.reduce((sum, { meta }) => sum + meta.rows_read, 0);
      return results;
    },
  });
  const { groups, more } = await readGivenUp(log, { state: "dead" });
  expect([groups.length, groups.reduce((sum, { deliveries }) => sum + deliveries, 0), more]).toEqual([4, 3000, true]);
  expect(read).toBeLessThanOrEqual(20_000);
});
