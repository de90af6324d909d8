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
  .option("--temporary", "denies it for a day at most; changes no other rule")
  .option("--until <time>", "with --temporary: until this time, e.g. 17:00")
  .option("--grant <id>", "instead: takes back what was granted for a while")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .usage("[options] --user <id> --project <id>")
  .action(async (source, options) => {
    if (options.temporary || options.grant !== undefined) {
      const work = await import("../../permissions/temporary.ts");
      return options.grant === undefined
        ? work.grantForAWhile(source, options, "deny")
        : work.takeBack(source, options.grant, options);
    }
    const work = await import("../../permissions/grant.ts");
    await work.revoke(source, options);
  });
