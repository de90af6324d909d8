import { command, jsonOption, readVersion, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch config versions` */
export const versionsCommand = command(
  "versions",
  "the versions that a relay keeps, the newest first, or what one of them changed",
  "config versions 12",
)
  .argument("[version]", "number or hash of one: what it changed of the one before", readVersion)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (version, options) => {
    const work = await import("../../config/versions.ts");
    await (version === undefined ? work.listConfigVersions(options) : work.tellConfigVersion(version, options));
  });
