import { command, jsonOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions versions` */
export const versionsCommand = command(
  "versions",
  "the versions of the map that are kept, the newest first, or what one of them changed",
  "permissions versions 12",
)
  .argument("[source]", "whose map, as --source")
  .argument("[version]", "number or hash of one: what it changed of the one before")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (first, second, options) => {
    const { tellMapVersions } = await import("../../permissions/versions.ts");
    await tellMapVersions([first, second], options);
  });
