import { Hono } from "hono";
import worker from "../../src/index.ts";
import { foldMarks } from "../../src/log/marks/fold.ts";
import { aCall, keepAlike, keepCalls } from "../../test/many/events.ts";
import { partOf } from "./part-of.ts";

export { Gate, Incidents } from "../../src/index.ts";

/** What the log was asked, with the rows that it read and wrote. */
let asked: { sql: string; values: readonly unknown[]; rowsRead: number }[] = [];

let turn = 0;

const bench = new Hono<{ Bindings: Env }>()
  .post("/fill/:from/:count/:of", async (c) => {
    const part = partOf(c.req.param());
    await c.env.LOG.prepare(
      "INSERT INTO tally (hour, source) VALUES ('2026-11-20T09', 'voiso') ON CONFLICT DO NOTHING",
    ).run();
    await keepCalls(c.env, part);
    return c.json({ filled: part.count });
  })
  .post("/flood/:from/:count/:of", async (c) => {
    const part = partOf(c.req.param());
    const alike = await Promise.all([0, 1].map((n) => aCall(n, part.start, c.env)));
    await keepAlike(c.env, part, alike);
    return c.json({ flooded: part.count });
  })
  .post("/fold", async (c) => {
    turn += 1;
    return c.json({ more: await foldMarks(c.env.LOG, Date.now(), turn) });
  })
  .get("/blocks", async (c) => {
    const { results } = await c.env.LOG.prepare(
      "SELECT level, count(*) AS blocks, sum(length(marks) + length(starts) + length(moments)) AS bytes FROM mark_block GROUP BY level",
    ).all();
    return c.json(results);
  })
  .get("/plan", async (c) => {
    const plans = await Promise.all(
      asked.map(({ sql, values }) =>
        c.env.LOG.prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .bind(...values)
          .all(),
      ),
    );
    return c.json(plans.map(({ results }) => results.map(({ detail }) => String(detail))));
  })
  .get("/api/*", async (c) => {
    asked = [];
    const began = Date.now();
    const response = await worker.fetch?.(c.req.raw, { ...c.env, LOG: meter(c.env.LOG) }, c.executionCtx);
    const text = await response?.text();
    const rowsRead = asked.reduce((sum, { rowsRead }) => sum + rowsRead, 0);
    return c.json({ ms: Date.now() - began, rowsRead, status: response?.status, answer: JSON.parse(text ?? "null") });
  });

export default { fetch: bench.fetch } satisfies ExportedHandler<Env>;

/** The log, which notes what it is asked. */
function meter(log: D1Database): D1Database {
  const note = <T extends D1Result>(sql: string, values: readonly unknown[], result: T): T => {
    asked.push({ sql, values, rowsRead: result.meta.rows_read });
    return result;
  };
  const statements = new WeakMap<D1PreparedStatement, readonly [string, readonly unknown[]]>();
  const watch = (statement: D1PreparedStatement, sql: string, values: readonly unknown[]): D1PreparedStatement => {
    const { bind, all } = statement;
    const watched = Object.assign(statement, {
      bind: (...bound: unknown[]) => watch(bind.apply(statement, bound), sql, bound),
      all: async () => note(sql, values, await all.call(statement)),
      first: async (column?: string) => {
        const [row] = note(sql, values, await all.call(statement)).results;
        return column === undefined ? (row ?? null) : Reflect.get(Object(row), column);
      },
    });
    statements.set(watched, [sql, values]);
    return watched;
  };
  return Object.assign(Object.create(log), {
    prepare: (sql: string) => watch(log.prepare(sql), sql, []),
    batch: async (all: D1PreparedStatement[]) => {
      const results = await log.batch(all);
      return results.map((result, n) => note(...(statements.get(all[n] ?? log.prepare("")) ?? ["", []]), result));
    },
  });
}
