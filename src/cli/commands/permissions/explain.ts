import {
  command,
  mapSourceOption,
  readListOption,
  tokenOption,
  urlOption,
  usernameOption,
  userOption,
} from "../../arguments.ts";

/** `hookswitch permissions explain` */
export const explainCommand = command(
  "explain",
  "why an agent is let in or refused, project by project",
  "permissions explain --username nora_k --at 9:02",
)
  .argument("[source]", "whose map, as --source")
  .addOption(userOption)
  .addOption(usernameOption)
  .option("--group <id>", "the agent's group; without it, rules of groups are not looked at")
  .option("--projects <ids>", "which projects, e.g. 7,11 (those last asked about)", readListOption)
  .option("--suppose <ids>", "as if these were allowed besides; changes nothing", readListOption)
  .option("--at <time>", "as it was then, e.g. 9:02 or 'yesterday 9:02' (now)")
  .option("--version <version>", "by this version of the map (that of the time)")
  .option("--json", "prints the relay's answer as it is")
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .usage("[options] --user <id>")
  .action(async (source, options) => {
    const work = await import("../../permissions/explain.ts");
    await work.explainLogin(source, options);
  });
