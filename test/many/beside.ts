import { addAgents } from "../../src/log/agents.ts";
import { writeAudited } from "../../src/log/audit/write.ts";
import { DAY_MS, dayOf, HOUR_MS, hourOf } from "../../src/platform/time/instant.ts";
import { AGENTS } from "./agents.ts";
import { DESTINATIONS } from "./documents.ts";
import { RECEIPT, SPAN_MS } from "./events.ts";

const SOURCES = ["voiso", "vcc"];
const KINDS_A_DAY = 20;
const REFUSED = 200;
const MAX_AUDITED = 200;
const HOURS = SPAN_MS / HOUR_MS;
const COUNT = "WITH RECURSIVE number (k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM number WHERE k < ?1 - 1)";
const ULID = (at: string) =>
  Array.from(
    { length: 10 },
    (_, place) => `substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', ((${at} >> ${45 - 5 * place}) & 31) + 1, 1)`,
  ).join(" || ");

/** Writes what a log of so many events has beside them: counters, deliveries, refused requests, replays, the audit and more. */
export async function keepBeside({ LOG }: Env, of: number, now: number): Promise<void> {
  const hours = Array.from({ length: HOURS }, (_, n) => hourOf(now - (n + 2) * HOUR_MS));
  const days = [...new Set(hours.map((hour) => hour.slice(0, "YYYY-MM-DD".length)))];
  const spans = [
    ...hours.map((span) => ({ unit: "hour", span, part: 1 / HOURS })),
    ...days.map((span) => ({ unit: "day", span, part: 1 / days.length })),
    { unit: "total", span: "", part: 1 },
  ];
  const events = (part: number) => Math.max(1, Math.round((of * part) / 2));
  const open = [0, 1].flatMap((n) =>
    SOURCES.map((source) => ({ source, hour: hourOf(now - n * HOUR_MS), events: events(1 / HOURS), last: now - n })),
  );
  const flow = JSON.stringify({ "crm due": 9, "crm delivered": 8, "crm dead": 1, "crm attempts": 10 });
  const start = now - SPAN_MS;
  // The newest events; of those that have a delivery of their own, every seventh.
  const ofEvent = `FROM (SELECT ?3 - 1 - k * 7 AS n FROM number WHERE k * 7 < ?3)`;
  const deliveries = (state: string, to: string, attempt: number, next: string) =>
    LOG.prepare(
      `${COUNT} INSERT INTO delivery (receipt, destination, run, source, type, state, attempt, next, since, reason, attempts)
       SELECT ${RECEIPT}, '${to}', 0, 'voiso', 'call.completed', '${state}', ${attempt}, ${next}, ?2, 'status_500',
         '[{"n":1,"at":1,"ms":9,"status":500,"reason":"status_500"}]' ${ofEvent}`,
    );
  await LOG.batch([
    insertAll(
      LOG,
      "tally_sum (unit, span, source, events, due, delivered, logins, granted, last)",
      SOURCES.flatMap((source) =>
        spans.map(({ unit, span, part }) => [unit, span, source, events(part), 9, 8, 9, 8, now - HOUR_MS]),
      ),
    ),
    insertAll(
      LOG,
      "flow_sum (unit, span, destination, due, delivered, dead, attempts, ms, under_100)",
      DESTINATIONS.flatMap((id) =>
        spans.map(({ unit, span, part }) => [unit, span, id, events(part), events(part), 1, events(part), 90, 9]),
      ),
    ),
    insertAll(
      LOG,
      "tally (hour, source, events, logins, granted, last, flow)",
      open.map(({ hour, source, events, last }) => [hour, source, events, 9, 8, last, flow]),
    ),
    deliveries("dead", "crm", 8, "NULL").bind(Math.max(60, of / 1000), now, of, start),
    deliveries("waiting", "bi", 1, `?2 + ${DAY_MS}`).bind(Math.max(60, of / 2000), now, of, start),
    deliveries("waiting", "wallboard", 1, "NULL").bind(Math.max(60, of / 2000), now, of, start),
    LOG.prepare(
      `${COUNT} INSERT INTO refused_request (request, lot, source, reason, status, agent, address)
       SELECT 'req_' || ${ULID("(?2 - k * 60000)")} || printf('%016d', k), 'voiso', 'voiso', 'wrong_key', 401, 'curl/8', '203.0.113.0/24'
       FROM number`,
    ).bind(REFUSED, now),
    insertAll(
      LOG,
      "rejection (day, source, reason, detail, times, kept, last)",
      days.flatMap((span) =>
        Array.from({ length: KINDS_A_DAY }, (_, n) => {
          const detail = JSON.stringify({ places: [`header x-${n}`] });
          return [span, "voiso", "wrong_key", detail, 9, 1, Date.parse(span)];
        }),
      ),
    ),
    insertAll(
      LOG,
      "drift (source, path, what, first, last, times, sample)",
      Array.from({ length: 60 }, (_, n) => ["voiso", `call.new${n}`, "new_field", now - DAY_MS, now, 9, "string, 4"]),
    ),
    insertAll(
      LOG,
      "unknown_project (source, project, first)",
      Array.from({ length: 30 }, (_, n) => ["vcc", String(900 + n), now]),
    ),
    insertAll(
      LOG,
      "replay (id, who, reason, asked, state, step, events, deliveries, begun, started, starter, ended)",
      Array.from({ length: 60 }, (_, n) => {
        const asked = { filter: {}, until: now - n * DAY_MS, renormalize: false, dryRun: false, perSecond: 10 };
        const id = `rpl_01J${String(n).padStart(23, "0")}`;
        return [
          id,
          "nora",
          "try",
          JSON.stringify(asked),
          "done",
          3,
          9,
          9,
          9,
          now - n * DAY_MS,
          "nora",
          now - n * DAY_MS,
        ];
      }),
    ),
    insertAll(LOG, "beat (name, at)", [["cron", now]]),
  ]);
  await addAgents(
    LOG,
    "vcc",
    Array.from({ length: AGENTS * 4 }, (_, n) => ({ id: String(n), username: `agent_${n}` })),
    dayOf(now),
  );
  for (let n = 0; n < Math.min(MAX_AUDITED, of / 20); n++) {
    const deed = { who: `token ${n % 7}`, role: "operator", action: "event.revealed", what: `events/evt_${n}` };
    await writeAudited(LOG, [], deed, now);
  }
}

/** Rows of a table whose columns stand in their order. */
function insertAll(log: D1Database, into: string, rows: readonly (readonly unknown[])[]): D1PreparedStatement {
  const columns = into.split(",").map((_, n) => `value ->> ${n}`);
  return log.prepare(`INSERT INTO ${into} SELECT ${columns.join(", ")} FROM json_each(?1)`).bind(JSON.stringify(rows));
}
