import { command, jsonOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config push` */
export const pushCommand = command(
  "push",
  "replaces the configuration of a relay",
  "config push relay.json --after 9b74c9897bac770f",
)
  .argument("<file>", "the configuration; *** keeps a secret that is there")
  .option("--after <version>", "only if this version is still in force")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (file, options) => {
    const { pushConfig } = await import("../../config/push.ts");
    await pushConfig(file, options);
  });
