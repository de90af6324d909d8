import { CommanderError, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { version } from "../version.ts";
import { command, UsageError } from "./arguments.ts";
import { auditCommand } from "./commands/audit.ts";
import { completionCommand } from "./commands/completion.ts";
import { configCommand } from "./commands/config.ts";
import { demoCommand } from "./commands/demo.ts";
import { deployCommand } from "./commands/deploy.ts";
import { destinationsCommand } from "./commands/destinations.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { eventsCommand } from "./commands/events.ts";
import { incidentsCommand } from "./commands/incidents.ts";
import { initCommand } from "./commands/init.ts";
import { ledgerCommand } from "./commands/ledger.ts";
import { loginsCommand } from "./commands/logins.ts";
import { permissionsCommand } from "./commands/permissions.ts";
import { rejectionsCommand } from "./commands/rejections.ts";
import { rekeyCommand } from "./commands/rekey.ts";
import { replayCommand } from "./commands/replay.ts";
import { replaysCommand } from "./commands/replays.ts";
import { rollbackRelayCommand } from "./commands/rollback.ts";
import { sendCommand } from "./commands/send.ts";
import { showCommand } from "./commands/show.ts";
import { sinkCommand } from "./commands/sink.ts";
import { startCommand } from "./commands/start.ts";
import { relayStatusCommand } from "./commands/status.ts";
import { tailCommand } from "./commands/tail.ts";
import { tokensCommand } from "./commands/tokens.ts";
import { urlCommand } from "./commands/url.ts";
import { Refusal, ToldFailure } from "./refusal.ts";
import { columns, paint } from "./terminal.ts";

const commands = [
  startCommand,
  demoCommand,
  sendCommand,
  sinkCommand,
  urlCommand,
  relayStatusCommand,
  incidentsCommand,
  destinationsCommand,
  ledgerCommand,
  tailCommand,
  loginsCommand,
  eventsCommand,
  showCommand,
  rejectionsCommand,
  replayCommand,
  replaysCommand,
  configCommand,
  permissionsCommand,
  tokensCommand,
  auditCommand,
  rekeyCommand,
  initCommand,
  doctorCommand,
  deployCommand,
  rollbackRelayCommand,
  completionCommand,
];

const variables = [
  ["PORT, SINK_PORT", "where relay and sink listen on 127.0.0.1 (8787, 8788)"],
  ["HOOKSWITCH_CONFIG", "file: your own configuration, not the demo's"],
  ["HOOKSWITCH_PERMISSIONS", "folder of <source>.json: your own maps"],
  ["HOOKSWITCH_STATE", "folder of the local state (.wrangler/state)"],
  ["ADMIN_TOKEN", "token of the local API (dev-admin-token)"],
];

const EXIT_CODES = "Exit codes: 0 done, 1 cannot be done, 2 the command line is not understood.";

/** The command line: every command below one name. */
export function commandLine(): CommandUnknownOpts {
  const root = command("hookswitch", "The edge relay for contact-center webhooks")
    .version(version, "-v, --version", "shows the version")
    .addHelpText("after", () => ["", ...listVariables(), "", EXIT_CODES].join("\n"));
  for (const one of commands) root.addCommand(one);
  for (const one of withInner(root)) {
    one.showHelpAfterError(usageOf(one));
    if (one.commands.length > 0) one.helpCommand("help [command]", "shows the help of a command");
  }
  return root;
}

/** Runs one command; the exit code: 0 when it is done or goes on, 1 when it cannot be done, 2 when nobody can tell what is meant. */
export async function run(args: readonly string[]): Promise<number> {
  const root = commandLine();
  let chosen = root;
  root.hook("preAction", (_, action) => {
    chosen = action;
  });
  try {
    await root.parseAsync(args.length === 0 ? ["--help"] : withoutVainHelp(root, args), { from: "user" });
    return 0;
  } catch (error) {
    return tellError(error, chosen);
  }
}

/** A wrong use is told by the library, unless it comes out only while the command runs. */
function tellError(error: unknown, chosen: CommandUnknownOpts): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    console.error(`hookswitch: ${error.message}\n${usageOf(chosen)}`);
    return 2;
  }
  const isForPeople = error instanceof Refusal || isOfSystem(error);
  if (!(error instanceof ToldFailure)) console.error(isForPeople ? `hookswitch: ${error.message}` : error);
  return 1;
}

/** Such as a file that is not there: its message names it, and where it comes of says nothing more. */
function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && "syscall" in error;
}

/** The arguments; help about a command that there is not is refused as that command itself is. */
function withoutVainHelp(root: CommandUnknownOpts, args: readonly string[]): readonly string[] {
  const [first, name] = args;
  const isVain = first === "help" && name !== undefined && !root.commands.some((one) => one.name() === name);
  return isVain ? args.slice(1) : args;
}

function usageOf(one: CommandUnknownOpts): string {
  return `usage: ${one.createHelp().commandUsage(one)}; --help tells more`;
}

function withInner(one: CommandUnknownOpts): CommandUnknownOpts[] {
  return [one, ...one.commands.flatMap(withInner)];
}

function listVariables(): string[] {
  const heading =
    paint("bold", "Variables of start and demo") + paint("dim", " (demo takes only the ports and the token)");
  return [heading, ...columns(variables)];
}
