import { Option } from "@commander-js/extra-typings";
import { command, jsonOption, readRelayUrl, tokenOption } from "../../arguments.ts";

/** `hookswitch config check` */
export const checkCommand = command(
  "check",
  "all that is wrong with a configuration file; needs no relay",
  "config check relay.json --url https://relay.example.com",
)
  .argument("<file>", "the configuration")
  .option("--local", "as npm start takes it: http, this machine, keys in .dev.vars")
  .addOption(
    new Option("--url <origin>", "asks this relay, which knows its secrets and what *** keeps").argParser(readRelayUrl),
  )
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (file, options) => {
    const { checkFile } = await import("../../config/check.ts");
    await checkFile(file, options);
  });
