import { command, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions pull` */
export const pullCommand = command("pull", "reads the map of the relay", "permissions pull acme-vcc map.json")
  .argument("[source]", "whose map, as --source")
  .argument("[file]", "where it is written; without one: printed")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (first, second, options) => {
    const { pullMap } = await import("../../permissions/pull.ts");
    await pullMap([first, second], options);
  });
