import { command, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions diff` */
export const diffCommand = command("diff", "whose rules a push of the file would change", "permissions diff map.json")
  .argument("[source]", "whose map, as --source")
  .argument("[file]", "the map")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .usage("[options] [source] <file>")
  .action(async (first, second, options) => {
    const { diffMap } = await import("../../permissions/diff.ts");
    await diffMap([first, second], options);
  });
