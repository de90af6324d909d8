import { command, confirmOption, mapSourceOption, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions import` */
export const importCommand = command(
  "import",
  "makes a map of a CSV table",
  "permissions import agents.csv --out map.json",
)
  .argument("<csv>", "table with agent, project, allow or deny, from, until, note")
  .option("--encoding <name>", "of the table, where it is neither UTF-8 nor UTF-16, e.g. windows-1250")
  .option("--out <file>", "where the map is written; without this and --push: printed")
  .option("--push", "replaces the map of the relay")
  .addOption(confirmOption)
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (csv, options) => {
    const work = await import("../../permissions/import.ts");
    await work.importTable(csv, options);
  });
