import { logLine } from "../log/line.ts";
import { noteUnknownProject } from "../log/unknown-projects.ts";
import type { Permissions } from "./compile.ts";
import type { Decision } from "./decide.ts";

/** What this isolate has taken down: a project is written once, not with every login. */
const known = new Set<string>();
const MOST_KNOWN = 10_000;

/**
 * Raises the alarm at the first question about a project that no rule names: one `false` refuses the whole login, so
 * a new project that nobody added locks a team out. Never rejects, and never delays the answer.
 */
export function noteUnknownProjects(
  log: D1Database,
  source: string,
  { named }: Permissions,
  decisions: ReadonlyMap<string, Decision>,
  behind: (work: Promise<unknown>) => void,
  now: number,
): void {
  for (const [project, { rule }] of decisions) {
    if (rule !== "none" || named.has(project)) continue;
    const key = JSON.stringify([source, project]);
    if (known.has(key) || known.size >= MOST_KNOWN) continue;
    known.add(key);
    behind(note(log, source, project, now).catch(() => void known.delete(key)));
  }
}

/** Forgets what was taken down, as a new isolate would. */
export function forgetUnknownProjects(): void {
  known.clear();
}

async function note(log: D1Database, source: string, project: string, now: number): Promise<void> {
  const isNew = await noteUnknownProject(log, source, { project, first: now });
  if (isNew) logLine("error", "login.unknown_project", { source, project });
}
