import { enableCompileCache } from "node:module";
import { version } from "../version.ts";
import { Refusal, UsageError } from "./refusal.ts";
import { columns, paint } from "./terminal.ts";

interface Command {
  readonly usage: string;
  readonly summary: string;
  /** Runs with its own arguments; the exit code. */
  readonly load: () => Promise<(args: string[]) => Promise<number>>;
}

/** Every command, one line each. */
const commands = {
  start: {
    usage: "start [--verbose]",
    summary: "the relay and a sink on this machine, with sources to try",
    load: async () => (await import("./commands/start.ts")).start,
  },
  demo: {
    usage: "demo",
    summary: "the same with fresh state, one shot: sends every vendor's webhooks and checks what arrives",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  send: {
    usage: "send <vendor> <kind> [--url --source --key]",
    summary: "a realistic webhook to any relay; without <kind>: which there are",
    load: async () => (await import("./commands/send.ts")).send,
  },
  sink: {
    usage: "sink [--port --secret --status --delay]",
    summary: "a destination that verifies signatures and prints what it gets",
    load: async () => (await import("./commands/sink.ts")).sink,
  },
  url: {
    usage: "url <source> [kind] [--base --key --config]",
    summary: "the URL to paste into the vendor",
    load: async () => (await import("./commands/url.ts")).url,
  },
  tail: {
    usage: "tail [--source --type --follow <seconds> --url --token]",
    summary: "the newest events of a relay and what became of them, then each new one; --follow 0 ends there",
    load: async () => (await import("./commands/tail.ts")).tail,
  },
  replay: {
    usage:
      "replay <event id> | --source --type --subject --state --since --until [--destination --to --dry-run --per-second]",
    summary: "delivers one event again, or all that a filter finds",
    load: async () => (await import("./commands/replay.ts")).replay,
  },
  config: {
    usage: "config check|pull|push [file] [--url --token --after]",
    summary: "checks a configuration file, reads or replaces the configuration of a relay",
    load: async () => (await import("./commands/config.ts")).config,
  },
  permissions: {
    usage: "permissions <action> [--url --token --source]",
    summary: "who may log in: check, pull, push, grant, revoke, explain, status, import, diff, rollback, dry-run",
    load: async () => (await import("./commands/permissions.ts")).permissions,
  },
} as const satisfies Record<string, Command>;

// The second command starts twice as fast.
enableCompileCache();

process.exitCode = await main(process.argv.slice(2));

async function main([name, ...args]: string[]): Promise<number> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") return say(help());
  if (name === "--version" || name === "-v") return say(version);
  const command = commandNamed(name);
  if (command === undefined) {
    console.error(`hookswitch: there is no command ${name}. See hookswitch --help`);
    return 2;
  }
  if (args.includes("--help") || args.includes("-h")) return say(`hookswitch ${command.usage}\n  ${command.summary}`);
  try {
    const run = await command.load();
    return await run(args);
  } catch (error) {
    return fail(error, command);
  }
}

function commandNamed(name: string): Command | undefined {
  return Object.entries<Command>(commands).find(([known]) => known === name)?.[1];
}

/** Ends at once: whatever was opened is closed by the process's own exit. */
function fail(error: unknown, command: Command): number {
  if (error instanceof UsageError || isArgumentError(error)) {
    console.error(`hookswitch: ${error.message}\nusage: hookswitch ${command.usage}`);
    process.exit(2);
  }
  console.error(error instanceof Refusal ? `hookswitch: ${error.message}` : error);
  process.exit(1);
}

/** What `parseArgs` throws. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

function say(text: string): number {
  console.log(text);
  return 0;
}

function help(): string {
  const variables = [
    ["PORT, SINK_PORT", "where relay and sink listen on 127.0.0.1 (8787, 8788)"],
    ["HOOKSWITCH_CONFIG", "file: your own configuration instead of the demo's"],
    ["HOOKSWITCH_PERMISSIONS", "folder of <source>.json: your own permissions instead of the demo's"],
    ["HOOKSWITCH_STATE", "folder of the local state (.wrangler/state)"],
    ["ADMIN_TOKEN", "token of the local API (dev-admin-token)"],
  ];
  return [
    `hookswitch ${version}: the edge relay for contact-center webhooks`,
    "",
    paint("bold", "Commands"),
    ...columns(Object.values<Command>(commands).map(({ usage, summary }) => [usage, summary])),
    "",
    paint("bold", "Variables of start and demo") + paint("dim", " (demo takes only the ports and the token)"),
    ...columns(variables),
  ].join("\n");
}
