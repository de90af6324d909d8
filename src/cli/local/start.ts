import { arrivalLine } from "../sink/line.ts";
import { paint } from "../terminal.ts";
import { endWhenTold } from "./end.ts";
import { logToTerminal } from "./log.ts";
import { openLocalRelay } from "./open.ts";
import { readSettings } from "./settings.ts";
import { welcome } from "./welcome.ts";

/** Runs the relay and the sink on this machine until it is told to end. */
export async function startRelay(verbose: boolean): Promise<void> {
  endWhenTold(0);
  const settings = readSettings(process.env);
  console.log(paint("dim", "Building the Worker and opening the local state …"));
  const local = await openLocalRelay(settings, {
    onArrival: (arrival) => console.log(arrivalLine(arrival)),
    onLog: logToTerminal(verbose),
  });
  console.log(welcome(local, settings.state));
}
