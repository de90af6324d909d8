import { UsageError } from "../refusal.ts";
import { columns } from "../terminal.ts";

interface Action {
  readonly usage: string;
  readonly load: () => Promise<(args: string[]) => Promise<number>>;
}

/** What can be done with a map. The source may be left out where only one asks login questions. */
const actions = {
  check: {
    usage: "<file> [--zone] | --unused [--days]",
    load: async () => (await import("../permissions/check.ts")).check,
  },
  pull: { usage: "[source] [file]", load: async () => (await import("../permissions/pull.ts")).pull },
  push: {
    usage: "[source] <file> [--confirm --after <version>]",
    load: async () => (await import("../permissions/push.ts")).push,
  },
  grant: {
    usage: "--user|--username|--group <id> --project <id> [--from --until --note]",
    load: async () => (await import("../permissions/grant.ts")).grant,
  },
  revoke: {
    usage: "--user|--username|--group <id> --project <id> [--note]",
    load: async () => (await import("../permissions/grant.ts")).revoke,
  },
  explain: {
    usage: "--user|--username <id> [--group <id> --projects 7,11 --at 09:02 --version --json]",
    load: async () => (await import("../permissions/explain.ts")).explain,
  },
  status: { usage: "[source] [--days]", load: async () => (await import("../permissions/status.ts")).status },
  import: {
    usage: "<csv> [--encoding windows-1250] [--out <file>] [--push --confirm]",
    load: async () => (await import("../permissions/import.ts")).importTable,
  },
  diff: { usage: "[source] <file>", load: async () => (await import("../permissions/diff.ts")).diff },
  rollback: {
    usage: "[source] [version]; without one: which there are",
    load: async () => (await import("../permissions/rollback.ts")).rollback,
  },
  "dry-run": {
    usage: "[source] <file> [--days]",
    load: async () => (await import("../permissions/dry-run.ts")).dryRun,
  },
} as const satisfies Record<string, Action>;

/** Everything about the map of who may log in. */
export async function permissions([name, ...args]: string[]): Promise<number> {
  const action = Object.entries<Action>(actions).find(([known]) => known === name)?.[1];
  if (action === undefined) throw new UsageError(["which action?", ...listActions()].join("\n"));
  const run = await action.load();
  return run(args);
}

function listActions(): string[] {
  return columns(Object.entries<Action>(actions).map(([name, { usage }]) => [name, usage]));
}
