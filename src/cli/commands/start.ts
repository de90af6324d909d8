import { parseArgs } from "node:util";
import { endWhenTold } from "../local/end.ts";
import { logToTerminal } from "../local/log.ts";
import { openLocalRelay } from "../local/open.ts";
import { readSettings } from "../local/settings.ts";
import { welcome } from "../local/welcome.ts";
import { arrivalLine } from "../sink/line.ts";
import { paint } from "../terminal.ts";

/** Runs the relay and the sink on this machine until it is told to end. */
export async function start(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { verbose: { type: "boolean", default: false } } });
  endWhenTold(0);
  const settings = readSettings(process.env);
  console.log(paint("dim", "Building the Worker and opening the local state …"));
  const local = await openLocalRelay(settings, {
    onArrival: (arrival) => console.log(arrivalLine(arrival)),
    onLog: logToTerminal(values.verbose),
  });
  console.log(welcome(local, settings.state));
  return 0;
}
