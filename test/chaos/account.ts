import { env } from "cloudflare:workers";
import { expect } from "vitest";
import * as z from "zod";
import { readLedger } from "../../src/log/ledger/ledger.ts";
import { recountDay } from "../../src/log/ledger/recount.ts";
import type { World } from "./world.ts";

/** What is expected besides that nothing is lost and that the books balance. */
export interface Expected {
  /** Deliveries that a receiver had taken already and got again: how many the fault may cost at most. */
  readonly duplicated?: number;
  /** Webhooks that the sender sent again, of which some were accepted already. */
  readonly repeats?: number | "any";
  /** Of the ledger's counts, those that are not 0 by nature. */
  readonly failed?: number;
  readonly expired?: number;
}

/** The account of a run, by the sender's and the sinks' own records. */
export interface Account {
  readonly events: number;
  readonly lost: number;
  readonly duplicated: number;
}

const delivered = z.object({ id: z.string(), subject: z.string().optional() });
const dayRow = z.object({ day: z.string() });

/** Compares what the sender sent, what the sinks got and what the ledger says. */
export async function account(world: World, expected: Expected = {}): Promise<Account> {
  const { duplicated: tolerated = 0, repeats = 0, failed = 0, expired = 0 } = expected;
  const { accepted, others, questions, deadLetters: dead } = world;
  const sinks = await Promise.all(Object.keys(world.sinks).map((name) => readSink(world, name)));
  const lost = sinks.reduce((sum, { agents }) => sum + [...accepted].filter((agent) => !agents.has(agent)).length, 0);
  const duplicated = sinks.reduce((sum, sink) => sum + sink.duplicated, 0);
  const events = accepted.size + others;
  const due = (events + questions) * sinks.length;
  expect(lost, "lost").toBe(expired);
  expect(duplicated, "duplicated").toBeLessThanOrEqual(tolerated);
  const ledger = await readLedger(env.LOG, 0);
  const duplicates = repeats === "any" ? ledger.webhooks.duplicates : repeats;
  expect(ledger).toMatchObject({
    balanced: true,
    webhooks: { accepted: events + duplicates + failed, events, duplicates, failed, unread: 0, unrouted: 0 },
    deliveries: { due, delivered: due - dead - expired, dead, expired, waiting: 0 },
    logins: { decided: questions },
  });
  expect(await recount(), "what the tally has otherwise than the log").toEqual([]);
  expect(world.lines.DEAD.deleted, "deleted messages").toBe(0);
  return { events: events + questions, lost: lost - expired, duplicated };
}

/** Whose events a sink took, and how many of them again. Whatever is sent again under one id has the same bytes. */
async function readSink(world: World, name: string): Promise<{ agents: Set<string>; duplicated: number }> {
  const bodies = new Map<string, string>();
  const taken = new Map<string, number>();
  const agents = new Set<string>();
  for (const { headers, body, answered = 0 } of await world.sink(name).received()) {
    const { id, subject } = delivered.parse(JSON.parse(body));
    expect(headers["webhook-id"]).toBe(id);
    expect(bodies.get(id) ?? body, "the bytes under one id").toBe(body);
    bodies.set(id, body);
    if (answered < 200 || answered > 299) continue;
    if (subject !== undefined) agents.add(subject.slice("agent/".length));
    taken.set(id, (taken.get(id) ?? 0) + 1);
  }
  return { agents, duplicated: [...taken.values()].reduce((sum, times) => sum + times - 1, 0) };
}

async function recount() {
  const { results } = await env.LOG.prepare(
    "SELECT DISTINCT substr(hour, 1, 10) AS day FROM tally UNION SELECT span FROM tally_sum WHERE unit = 'day'",
  ).all();
  const days = z.array(dayRow).parse(results);
  const mismatches = await Promise.all(days.map(({ day }) => recountDay(env.LOG, day)));
  return mismatches.flat();
}
