import { command, tokenOption, urlOption } from "../arguments.ts";

/** `hookswitch status` */
export const relayStatusCommand = command(
  "status",
  "whether anything needs somebody: what, and what helps, the worst first",
  "status --url https://relay.example.com",
)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .action(async (options) => {
    const work = await import("../relay/status.ts");
    await work.tellRelayStatus(options);
  });
