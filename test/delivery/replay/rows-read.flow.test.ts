import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { replayId } from "../../../src/log/replays/id.ts";
import { countOutcomes } from "../../../src/log/replays/outcomes.ts";
import { call } from "../../api/call.ts";
import { keepEvents } from "../../api/keep-events.ts";
import { openSink } from "../../sink/sink.ts";
import { catchMessages, consumeAll } from "../consume-all.ts";
import { configure } from "../scene.ts";

/** Rows that one request may examine. */
const MAX_ROWS = 20_000;

/** The log, with a meter for the rows that are read. */
function meterLog() {
  const meter = { rows: 0 };
  const count = <T extends D1Result>(result: T): T => {
    meter.rows += result.meta.rows_read;
    return result;
  };
  const watch = (statement: D1PreparedStatement): D1PreparedStatement => {
    const { bind, run, all } = statement;
    return Object.assign(statement, {
      bind: (...values: unknown[]) => watch(bind.apply(statement, values)),
      run: async () => count(await run.call(statement)),
      all: async () => count(await all.call(statement)),
      first: async () => count(await all.call(statement)).results[0] ?? null,
    });
  };
  const LOG: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (text: string) => watch(env.LOG.prepare(text)),
    batch: async (statements: D1PreparedStatement[]) => (await env.LOG.batch(statements)).map(count),
  });
  return { LOG, meter };
}

/** So many deliveries that the replay has begun before. */
async function beginBefore(replay: string, state: string, count: number) {
  const sql = `WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?3 - 1)
    INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, since, attempts, replay)
    SELECT 'rcpt_' || ?2 || printf('%018d', n), 'crm', 1, 'ucontact', 'call.started', ?2, 1, 0, '[]', ?1 FROM number`;
  await env.LOG.prepare(sql).bind(replay, state, count).run();
}

it("examines as few rows for a page, and for how it goes, when a replay has begun 30,000 deliveries before", async () => {
  await configure({ crm: { url: openSink().url, paused: true } });
  await keepEvents(...Array.from({ length: 1000 }, () => ({ deliveries: { crm: "dead" } as const })));
  const order = { filter: { state: "dead" }, perSecond: 1000, dryRun: true };
  const id = replayId.parse((await call("POST", "replays", order)).body.id);
  await beginBefore(id, "delivered", 15_000);
  await beginBefore(id, "dead", 15_000);
  await env.LOG.prepare("UPDATE replay SET state = 'running', due = 0, begun = 30000").run();
  const { LOG, meter } = meterLog();
  const { queue: RETRIES } = catchMessages();
  await consumeAll([{ v: 1, replay: id, step: 1 }], { LOG, RETRIES }, "hookswitch-retries");
  expect(meter.rows).toBeGreaterThan(500);
  expect(meter.rows).toBeLessThan(MAX_ROWS);
  meter.rows = 0;
  expect(await countOutcomes(LOG, id, 30_500)).toMatchObject({
    waiting: 500,
    dead: 4500,
    delivered: 4500,
    more: true,
  });
  expect(meter.rows).toBeLessThan(MAX_ROWS);
  await env.LOG.prepare("DELETE FROM delivery WHERE state = 'dead' AND replay = ?1").bind(id).run();
  expect(await countOutcomes(LOG, id, 15_500)).toMatchObject({
    waiting: 500,
    dead: 0,
    delivered: 15_000,
    more: false,
  });
});
