import { command, daysOption, mapSourceOption, readZone, tokenOption, urlOption } from "../../arguments.ts";

/** `hookswitch permissions check` */
export const checkCommand = command(
  "check",
  "names each fault of a map and what is hardly meant; with --unused: rules that nobody needed",
  "permissions check map.json --zone Europe/Budapest",
)
  .argument("[file]", "the map; with --unused: whose map of the relay")
  .option("--zone <zone>", "IANA time zone of the rules that name none", readZone, "UTC")
  .option("--unused", "lists the rules of the relay's map that no login needed")
  .addOption(daysOption(30))
  .addOption(mapSourceOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .usage("[options] <file> | --unused [source]")
  .action(async (operand, options) => {
    const { checkMap } = await import("../../permissions/check.ts");
    await checkMap(operand, options);
  });
