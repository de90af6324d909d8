import { addUnknownProjects, type NotedProject } from "../log/counts/unknown-projects.ts";
import { LOG_LIMIT_MS } from "../platform/d1/in-time.ts";
import { DelayedFlush } from "../platform/delayed-flush.ts";
import { logLine } from "../platform/log-line.ts";
import { withTimeLimit } from "../platform/time-limit.ts";
import type { Permissions } from "./compile.ts";
import type { Decision } from "./decide.ts";
import { sameId } from "./same.ts";

/** One question may ask about ten thousand. */
const MAX_PER_QUESTION = 100;
const MAX_PENDING = 1000;
/** What this isolate keeps in mind; with more, it starts anew. */
const MAX_KNOWN = 10_000;

/** What this isolate has recorded: a project is written once, not with every login. */
const known = new Set<string>();
const pending: NotedProject[] = [];
const flushing = new DelayedFlush();

/**
 * Notes the projects of an answer that no rule names: one `false` refuses the whole login, so a new project that nobody
 * added locks a team out. Nothing is written before `flushUnknownProjects`.
 */
export function noteUnknownProjects(
  source: string,
  { named }: Permissions,
  decisions: ReadonlyMap<string, Decision>,
  now: number,
): void {
  const unknown = [...decisions].flatMap(([asked, { rule }]) => {
    const project = sameId(asked);
    return rule !== "none" || named.has(project) || known.has(nameOf(source, project)) ? [] : [project];
  });
  for (const project of unknown.slice(0, MAX_PER_QUESTION)) {
    if (pending.length >= MAX_PENDING) return;
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(nameOf(source, project));
    pending.push({ source, project, first: now });
  }
}

/**
 * Raises the alarm over the projects that were noted, behind the answer; those of one second are written together.
 * @param now milliseconds since the epoch
 */
export function flushUnknownProjects(log: D1Database, defer: (work: Promise<unknown>) => void, now: number): void {
  if (pending.length > 0) flushing.schedule(() => flush(log), defer, now);
}

/** Forgets what was recorded and noted, as a new isolate would. */
export function forgetUnknownProjects(): void {
  known.clear();
  pending.length = 0;
  flushing.forget();
}

async function flush(log: D1Database): Promise<void> {
  const noted = pending.splice(0);
  const added = await withTimeLimit(addUnknownProjects(log, noted), LOG_LIMIT_MS);
  if (!added.ok) for (const { source, project } of noted) known.delete(nameOf(source, project));
  else for (const { source, project } of added.value) logLine("error", "login.unknown_project", { source, project });
}

function nameOf(source: string, project: string): string {
  return JSON.stringify([source, project]);
}
