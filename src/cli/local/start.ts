import { keepBusy } from "../busy/run.ts";
import { busyText } from "../busy/told.ts";
import { arrivalLine, questionLine } from "../sink/line.ts";
import { paint } from "../terminal.ts";
import { openLocalRelay } from "./open.ts";
import { endWhenTold } from "./runtime/end.ts";
import { logToTerminal } from "./runtime/log.ts";
import { readSettings } from "./settings.ts";
import { welcomeText } from "./welcome.ts";

/** `verbose`: every line of the Worker is shown; `watch`: it is built anew when its source changes. */
export interface StartOptions {
  readonly verbose?: boolean | undefined;
  readonly watch?: boolean | undefined;
  /** What goes wrong in life is added to the demo, and vendors send all the time. */
  readonly busy?: boolean | undefined;
  /** The operator's own documents, rather than those that the environment names. */
  readonly config?: string | undefined;
  readonly permissions?: string | undefined;
}

/** Runs the relay and the sink on this machine until it is told to end. */
export async function startRelay(options: StartOptions): Promise<void> {
  const { verbose = false, watch = false, busy = false, config, permissions } = options;
  endWhenTold(0);
  const settings = readSettings(
    {
      ...process.env,
      ...(config === undefined ? {} : { HOOKSWITCH_CONFIG: config }),
      ...(permissions === undefined ? {} : { HOOKSWITCH_PERMISSIONS: permissions }),
    },
    busy,
  );
  console.log(paint("dim", "Building the Worker and opening the local state …"));
  const local = await openLocalRelay(settings, {
    onArrival: (arrival) => console.log(arrivalLine(arrival)),
    onQuestion: (asked) => console.log(questionLine(asked)),
    onLog: logToTerminal(verbose),
  });
  console.log(welcomeText(local, settings.state, await local.signInLink(), busy ? busyText : []));
  if (busy) void keepBusy(local);
  if (!watch) return;
  const { watchSource } = await import("./build/watch.ts");
  await watchSource({
    reload: local.reload,
    onReload: (ms) => console.log(paint("dim", `The Worker was built anew (${Math.round(ms)} ms)`)),
    onFault: (message) => console.error(`${paint("red", "The change cannot be run:")} ${message}`),
  });
  console.log(paint("dim", "Watching src for changes"));
}
