import { UsageError } from "../refusal.ts";

type Run = (args: string[]) => Promise<number>;

/** What can be done with a map, one line each. */
const actions = {
  check: async () => (await import("../permissions/check.ts")).check,
  pull: async () => (await import("../permissions/pull.ts")).pull,
  push: async () => (await import("../permissions/push.ts")).push,
  grant: async () => (await import("../permissions/grant.ts")).grant,
  revoke: async () => (await import("../permissions/grant.ts")).revoke,
  explain: async () => (await import("../permissions/explain.ts")).explain,
  import: async () => (await import("../permissions/import.ts")).importTable,
  diff: async () => (await import("../permissions/diff.ts")).diff,
  rollback: async () => (await import("../permissions/rollback.ts")).rollback,
  "dry-run": async () => (await import("../permissions/dry-run.ts")).dryRun,
} as const satisfies Record<string, () => Promise<Run>>;

/** Everything about the map of who may log in. */
export async function permissions([name, ...args]: string[]): Promise<number> {
  const load = Object.entries<() => Promise<Run>>(actions).find(([known]) => known === name)?.[1];
  if (load === undefined) throw new UsageError(`what? one of ${Object.keys(actions).join(", ")}`);
  const run = await load();
  return run(args);
}
