import { command, jsonOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config diff` */
export const diffCommand = command(
  "diff",
  "what a push of the file would change at a relay, in words",
  "config diff relay.json",
)
  .argument("<file>", "the configuration")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (file, options) => {
    const { diffConfig } = await import("../../config/diff.ts");
    await diffConfig(file, options);
  });
