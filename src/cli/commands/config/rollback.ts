import { command, jsonOption, readVersion, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config rollback` */
export const rollbackCommand = command(
  "rollback",
  "puts an older version in force again, as the newest one",
  "config rollback 12",
)
  .argument("<version>", "number or hash of the version; config versions lists them", readVersion)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (version, options) => {
    const { rollBackConfig } = await import("../../config/rollback.ts");
    await rollBackConfig(version, options);
  });
