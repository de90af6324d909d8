import {
  command,
  groupOption,
  mapSourceOption,
  tokenOption,
  urlOption,
  usernameOption,
  userOption,
} from "../../arguments.ts";

/** `hookswitch permissions grant` */
export const grantCommand = command(
  "grant",
  "allows one agent or group one project",
  "permissions grant --user 41 --project 21 --until 2026-12-15",
)
  .argument("[source]", "whose map, as --source")
  .addOption(userOption)
  .addOption(usernameOption)
  .addOption(groupOption)
  .option("--project <id>", "which project")
  .option("--from <time>", "from this time on, e.g. 2026-12-01 or 2026-12-01T08:00")
  .option("--until <time>", "until this time")
  .option("--note <text>", "why; explanations show it")
  .option("--temporary", "for a day at most, --until 17:00; changes no other rule")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .usage("[options] --user <id> --project <id>")
  .action(async (source, options) => {
    if (options.temporary) {
      const { grantForAWhile } = await import("../../permissions/temporary.ts");
      return grantForAWhile(source, options, "allow");
    }
    const work = await import("../../permissions/grant.ts");
    await work.grant(source, options);
  });
