import { command } from "../arguments.ts";

/** `hookswitch start` */
export const startCommand = command(
  "start",
  "the relay and a sink on this machine (PORT, SINK_PORT), with sources to try",
  "start",
)
  .option("--verbose", "shows every line that the Worker logs, not only warnings and errors")
  .option("--watch", "builds the Worker anew when its source changes; the state is kept")
  .option("--busy", "adds what goes wrong in life, and vendors that send all the time")
  .option("--config <file>", "your own configuration, not the demo's (HOOKSWITCH_CONFIG)")
  .option("--permissions <folder>", "your own maps, <source>.json (HOOKSWITCH_PERMISSIONS)")
  .action(async (options) => {
    const { startRelay } = await import("../local/start.ts");
    await startRelay(options);
  });
