import { command, jsonOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions rollback` */
export const rollbackCommand = command(
  "rollback",
  "puts an older version of the map in force again; without one: which there are",
  "permissions rollback 12",
)
  .argument("[source]", "whose map, as --source")
  .argument("[version]", "number or hash of the version")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (first, second, options) => {
    const { rollBackMap } = await import("../../permissions/rollback.ts");
    await rollBackMap([first, second], options);
  });
