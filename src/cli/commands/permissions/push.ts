import { command, confirmOption, jsonOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions push` */
export const pushCommand = command("push", "replaces the map of the relay", "permissions push map.json")
  .argument("[source]", "whose map, as --source")
  .argument("[file]", "the map")
  .addOption(confirmOption)
  .option("--after <version>", "only if this version is still in force")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .usage("[options] [source] <file>")
  .action(async (first, second, options) => {
    const { pushFile } = await import("../../permissions/push.ts");
    await pushFile([first, second], options);
  });
