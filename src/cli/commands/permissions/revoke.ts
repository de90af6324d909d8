import {
  command,
  groupOption,
  mapSourceOption,
  tokenOption,
  urlOption,
  usernameOption,
  userOption,
} from "../../arguments.ts";

/** `hookswitch permissions revoke` */
export const revokeCommand = command(
  "revoke",
  "takes one project from one agent or group, and denies it where other rules may still allow it",
  "permissions revoke --user 41 --project 21",
)
  .argument("[source]", "whose map, as --source")
  .addOption(userOption)
  .addOption(usernameOption)
  .addOption(groupOption)
  .option("--project <id>", "which project")
  .option("--note <text>", "why; explanations show it")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .usage("[options] --user <id> --project <id>")
  .action(async (source, options) => {
    const work = await import("../../permissions/grant.ts");
    await work.revoke(source, options);
  });
