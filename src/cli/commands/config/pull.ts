import { command, jsonOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config pull` */
export const pullCommand = command(
  "pull",
  "reads the configuration of a relay; *** stands for each secret",
  "config pull relay.json",
)
  .argument("[file]", "where it is written; without one: printed")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (file, options) => {
    const { pullConfig } = await import("../../config/pull.ts");
    await pullConfig(file, options);
  });
