import * as z from "zod";

const MAX_ROWS = 20_000;
/** What is told of a destination; all that it is counted in has more. */
const told = ["due", "delivered", "dead", "expired", "attempts"] as const;

const sums = told.map((name) => `sum(${name}) AS ${name}`).join(", ");
const parts = told.map((name) => `iif(counter = '${name}', number, 0) AS ${name}`).join(", ");
/** Of an hour that is open each source has its own part. */
const OPEN = `SELECT hour, substr(key, 1, instr(key, ' ') - 1) AS destination, substr(key, instr(key, ' ') + 1) AS counter,
    value AS number
  FROM tally, json_each(tally.flow) WHERE hour BETWEEN ?1 AND ?2 || '~'`;

const row = z.object({
  span: z.string(),
  destination: z.string(),
  due: z.number(),
  delivered: z.number(),
  dead: z.number(),
  expired: z.number(),
  attempts: z.number(),
});

/** What happened at one destination in one span, replays among it: a UTC day, or an hour, `YYYY-MM-DDTHH`. */
export type FlowLine = Readonly<z.infer<typeof row>>;

/**
 * What happened at the destinations by day or by hour, oldest first, between two spans (both included); hours are kept for
 * 35 days. Rejects when it cannot be read.
 */
export async function readFlows(
  log: D1Database,
  unit: "day" | "hour",
  since: string,
  until: string,
): Promise<FlowLine[]> {
  const { results } = await log
    .prepare(
      `SELECT span, destination, ${sums} FROM (
         SELECT ${unit === "day" ? "substr(hour, 1, 10)" : "hour"} AS span, destination, ${parts} FROM (${OPEN})
         UNION ALL SELECT span, destination, ${told.join(", ")} FROM flow_sum
           WHERE unit = '${unit}' AND span BETWEEN ?1 AND ?2)
       GROUP BY span, destination HAVING sum(due + attempts + dead + expired) > 0
       ORDER BY span, destination LIMIT ${MAX_ROWS}`,
    )
    .bind(since, until)
    .all();
  return z.array(row).parse(results);
}
