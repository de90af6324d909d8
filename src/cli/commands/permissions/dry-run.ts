import { command, daysOption, jsonOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions dry-run` */
export const dryRunCommand = command(
  "dry-run",
  "whose answers of the last days a push of the file would change",
  "permissions dry-run map.json --days 14",
)
  .argument("[source]", "whose map, as --source")
  .argument("[file]", "the map")
  .addOption(daysOption(7))
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .usage("[options] [source] <file>")
  .action(async (first, second, options) => {
    const { tryMap } = await import("../../permissions/dry-run.ts");
    await tryMap([first, second], options);
  });
