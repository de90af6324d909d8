import { command, jsonOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config versions` */
export const versionsCommand = command(
  "versions",
  "the versions that a relay keeps, the newest first",
  "config versions",
)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (options) => {
    const { listConfigVersions } = await import("../../config/versions.ts");
    await listConfigVersions(options);
  });
