import { command, daysOption, jsonOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions status` */
export const statusCommand = command(
  "status",
  "how the guard stands, and how far it agrees with the logins of the last days",
  "permissions status --days 7",
)
  .argument("[source]", "whose map, as --source")
  .addOption(daysOption(7))
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (source, options) => {
    const { tellStatus } = await import("../../permissions/status.ts");
    await tellStatus(source, options);
  });
