import { Hono } from "hono";
import { ulid } from "ulid";
import { idKeysIn } from "../../src/config/secrets/id-keys.ts";
import { markKeysIn } from "../../src/config/secrets/mark-keys.ts";
import { type HookEvent, seal } from "../../src/events/envelope.ts";
import { eventIds } from "../../src/events/identity.ts";
import { stampOf } from "../../src/events/marks/mark.ts";
import { traitsOf } from "../../src/events/marks/traits-of.ts";
import { receiptOf } from "../../src/events/receipt.ts";
import worker from "../../src/index.ts";
import { packEvent } from "../../src/log/events/pack.ts";
import { foldMarks } from "../../src/log/marks/fold.ts";
import { lookupIn } from "../../src/platform/lookup.ts";

export { Gate, Incidents } from "../../src/index.ts";

/** Events are spread over a month, whatever their number. */
const SPAN_MS = 28 * 24 * 60 * 60_000;
const AGENTS = 500;

/** Crockford's digits, as a ULID has them; those of the time of event `n`, and then its number. */
const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const AT = `(?4 + n * ${SPAN_MS} / ?3)`;
const TIME = Array.from(
  { length: 10 },
  (_, place) => `substr('${DIGITS}', ((${AT} >> ${45 - 5 * place}) & 31) + 1, 1)`,
);
const RECEIPT = `'rcpt_' || ${TIME.join(" || ")} || printf('%016d', n)`;
const ID = "'evt_' || printf('%032d', n)";
/** A mark like those of an HMAC: spread, and only the first byte has its highest bit set. */
const MARK = (seed: string) => `printf('%08x', (((${seed}) * 2654435761) & 0x7f7f7f7f) | 0x80000000)`;

/** What the log was asked, with the rows that it read and wrote. */
let asked: { sql: string; values: readonly unknown[]; rowsRead: number }[] = [];

let turn = 0;

const bench = new Hono<{ Bindings: Env }>()
  .post("/fill/:from/:count/:of", async (c) => {
    const [from, count, of] = [c.req.param("from"), c.req.param("count"), c.req.param("of")].map(Number);
    if (from === undefined || count === undefined || of === undefined) return c.notFound();
    const start = Date.now() - SPAN_MS;
    const rows = await Promise.all(
      Array.from({ length: count }, (_, n) => aRow(from + n, start + Math.floor(((from + n) * SPAN_MS) / of), c.env)),
    );
    await c.env.LOG.batch([
      c.env.LOG.prepare("INSERT INTO claim SELECT value ->> 'id', value ->> 'receipt' FROM json_each(?1)").bind(
        JSON.stringify(rows.map(({ id, receipt }) => ({ id, receipt }))),
      ),
      c.env.LOG.prepare("INSERT INTO tally (hour, source) VALUES ('2026-11-20T09', 'voiso') ON CONFLICT DO NOTHING"),
      c.env.LOG.prepare(
        `INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, size, marks, body, raw)
         SELECT value ->> 'receipt', value ->> 'id', 'voiso', value ->> 'type', value ->> 'subject', value ->> 'time',
           'env:KEY', 1, '{"crm":{"state":"delivered","attempt":1,"at":1}}', 1000, unhex(value ->> 'marks'),
           unhex(value ->> 'body'), unhex(value ->> 'raw') FROM json_each(?1)`,
      ).bind(JSON.stringify(rows)),
    ]);
    return c.json({ filled: rows.length });
  })
  .post("/flood/:from/:count/:of", async (c) => {
    const { from, count, of } = c.req.param();
    const start = Date.now() - SPAN_MS;
    const one = await aRow(0, start, c.env);
    const values = [from, count, of, start, one.body, one.raw, one.marks.slice(0, 8)];
    const numbers =
      "WITH RECURSIVE number (n) AS (SELECT ?1 + 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1 + ?2 - 1)";
    const log = c.env.LOG;
    await log.batch([
      log
        .prepare(`${numbers} INSERT INTO claim SELECT ${ID}, ${RECEIPT} FROM number WHERE ?7 IS NOT NULL`)
        .bind(...values),
      log
        .prepare(
          `${numbers} INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, size, marks, body, raw)
           SELECT ${RECEIPT}, ${ID}, 'voiso', iif(n % 2, 'call.completed', 'call.hungup'), 'call/flood-' || (n / 2),
             '2026-11-20T09:00:00Z', 'env:KEY', 1, '{"crm":{"state":"delivered","attempt":1,"at":1}}', 1000,
             unhex(?7 || ${["n / 2", "n + 1000000", "n + 2000000", `n % ${AGENTS} + 3000000`].map(MARK).join(" || ")}),
             unhex(?5), unhex(?6) FROM number`,
        )
        .bind(...values),
    ]);
    return c.json({ flooded: count });
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

async function aRow(n: number, at: number, env: Env) {
  const receipt = receiptOf(ulid(at));
  const callId = `call-${Math.floor(n / 2)}`;
  const subject = `call/${callId}`;
  const lookup = lookupIn(env);
  const type: HookEvent["type"] = n % 2 === 0 ? "call.hungup" : "call.completed";
  const data = {
    call: { id: callId, from: `+3630${String(n).padStart(7, "0")}`, to: "+3615550100", direction: "inbound" },
    agent: { id: String(n % AGENTS), username: `agent_${n % AGENTS}` },
    customer: { id: `customer-${n % 100_000}`, phone: `+3630${String(n).padStart(7, "0")}` },
  } as const;
  const draft = { type, vendorEvent: type, subject, callId, data, warnings: [] };
  const identity = { source: "voiso", subject, words: [receipt], windowMs: 1e9, receivedAt: at };
  const { id } = await eventIds(identity, await idKeysIn(lookup));
  const acceptance = { eventId: id, source: "voiso", vendor: "voiso", receipt, receivedAt: at, publicUrl: "http://x" };
  const event = seal(draft, { ...acceptance, raw: { event: type, payload: data }, warnings: [] });
  const { body, raw } = await packEvent(event);
  const marks = await stampOf(traitsOf(event), (await markKeysIn(lookup)).current);
  return {
    receipt,
    id,
    type,
    subject,
    time: event.time,
    marks,
    body: toHex(body),
    raw: toHex(raw ?? new Uint8Array()),
  };
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

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
