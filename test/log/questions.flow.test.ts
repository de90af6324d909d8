import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { FIRST_RECEIPT, LAST_RECEIPT } from "../../src/events/receipt.ts";
import { type Reading, readQuestions } from "../../src/log/questions.ts";
import { deflate } from "../../src/platform/deflate.ts";

const MOST_EXAMINED = 20_000;
const whole = { from: FIRST_RECEIPT, before: LAST_RECEIPT };

/** The log, and how many rows were read through it. */
function counting() {
  const read = { rows: 0 };
  const count = (statement: D1PreparedStatement): D1PreparedStatement =>
    Object.assign(Object.create(statement), {
      bind: (...values: unknown[]) => count(statement.bind(...values)),
      all: async () => {
        const result = await statement.all();
        read.rows += result.meta.rows_read;
        return result;
      },
    });
  const log: D1Database = Object.assign(Object.create(env.LOG), {
    prepare: (sql: string) => count(env.LOG.prepare(sql)),
  });
  return { log, read };
}

/** Decisions, each tenth of another source, among as many other events. */
async function keep(many: number): Promise<void> {
  const login = { granted: true, projects: { "7": true }, rules: { "7": "default allow" } };
  const body = await deflate(JSON.stringify({ data: { login, agent: { id: "7" } } }));
  await env.LOG.prepare(
    `WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
     INSERT INTO event (receipt, id, source, type, subject, time, key, due, results, body)
     SELECT 'rcpt_' || printf('%026d', n), '', iif(n % 20 = 0, 'rare', 'usual'),
       iif(n % 2 = 0, 'login.decided', 'call.started'), null, '', '', 0, '{}', iif(n % 2 = 0, ?2, x'00') FROM number`,
  )
    .bind(2 * many - 1, body)
    .run();
}

const numbersOf = ({ questions }: Awaited<ReturnType<typeof readQuestions>>) =>
  questions.map(({ receipt }) => Number(receipt.slice("rcpt_".length)));

describe("reading questions", () => {
  beforeEach(() => keep(40));

  it("tells the newest first, or the oldest, as many as are wanted, and where it goes on", async () => {
    const newest = await readQuestions(env.LOG, whole, { most: 3 });
    expect(numbersOf(newest)).toEqual([78, 76, 74]);
    expect(numbersOf(await readQuestions(env.LOG, { ...whole, before: newest.next ?? "" }, { most: 2 }))).toEqual([
      72, 70,
    ]);
    expect(numbersOf(await readQuestions(env.LOG, whole, { most: 3, oldestFirst: true }))).toEqual([0, 2, 4]);
    expect(await readQuestions(env.LOG, whole)).toMatchObject({ next: undefined });
  });

  it("stops where so many were examined, and goes on behind them", async () => {
    const some: Reading = { deep: 15 };
    const rare = { ...whole, source: "rare" };
    const first = await readQuestions(env.LOG, rare, some);
    expect(numbersOf(first)).toEqual([60]);
    const second = await readQuestions(env.LOG, { ...rare, before: first.next ?? "" }, some);
    expect(numbersOf(second)).toEqual([40, 20]);
    const last = await readQuestions(env.LOG, { ...rare, before: second.next ?? "" }, some);
    expect([numbersOf(last), last.next]).toEqual([[0], undefined]);
    const up = await readQuestions(env.LOG, rare, { ...some, oldestFirst: true });
    expect(numbersOf(await readQuestions(env.LOG, { ...rare, from: up.next ?? "" }, { oldestFirst: true }))).toEqual([
      40, 60,
    ]);
  });
});

it("examines no more rows than a request may, however many events there are beside the logins", async () => {
  await keep(11_000);
  const { log, read } = counting();
  const { questions, next } = await readQuestions(log, whole);
  expect(questions).toHaveLength(10_000);
  expect(next).toBeDefined();
  expect(read.rows).toBeLessThanOrEqual(MOST_EXAMINED);
});
