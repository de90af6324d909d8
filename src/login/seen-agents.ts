import { type Agent, addAgents } from "../log/agents.ts";
import { LOG_LIMIT_MS } from "../platform/d1/in-time.ts";
import { DelayedFlush } from "../platform/delayed-flush.ts";
import { logLine } from "../platform/log-line.ts";
import { DAY_MS, dayOf } from "../platform/time/instant.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { Question } from "../vendors/vendor.ts";
import { sameId, sameName } from "./same.ts";

const MAX_PENDING = 1000;
/** What this isolate keeps in mind; with more, it starts anew. */
const MAX_KNOWN = 10_000;

/** Whom this isolate has noted on which day of the epoch: an agent is written once a day, not with every login. */
const known = new Map<string, number>();
const pending = new Map<string, Agent & { readonly source: string; readonly day: string }>();
const flushing = new DelayedFlush();

/**
 * Notes who asked, as far as their question may be kept; those of one second are written together, behind the answer.
 * @param question as the scrubbed body has it; undefined where it has none
 * @param now milliseconds since the epoch
 */
export function noteAgent(
  source: string,
  { userId, username }: Pick<Question, "userId" | "username"> = {},
  { env, now, defer }: { env: Pick<Env, "LOG">; now: number; defer: (work: Promise<unknown>) => void },
): void {
  if (userId === undefined && username === undefined) return;
  const agent = { id: userId === undefined ? "" : sameId(userId), username: sameName(username ?? "") };
  const [name, day] = [JSON.stringify([source, agent]), Math.floor(now / DAY_MS)];
  if (known.get(name) === day || pending.size >= MAX_PENDING) return;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(name, day);
  pending.set(name, { source, ...agent, day: dayOf(now) });
  flushing.schedule(() => flush(env.LOG), defer, now);
}

/** Forgets who was noted, as a new isolate would. */
export function forgetAgents(): void {
  known.clear();
  pending.clear();
  flushing.forget();
}

async function flush(log: D1Database): Promise<void> {
  const noted = [...pending];
  pending.clear();
  const together = Map.groupBy(noted, ([, { source, day }]) => JSON.stringify([source, day]));
  for (const several of together.values()) {
    const [[, first] = []] = several;
    if (first === undefined) continue;
    const agents = several.map(([, { id, username }]) => ({ id, username }));
    const added = await withTimeLimit(addAgents(log, first.source, agents, first.day), LOG_LIMIT_MS);
    if (added.ok) continue;
    for (const [name] of several) known.delete(name);
    logLine("warn", "agents.not_kept", { source: first.source, rows: agents.length });
  }
}
