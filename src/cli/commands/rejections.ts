import {
  command,
  jsonOption,
  limitOption,
  sinceOption,
  tokenOption,
  untilOption,
  urlOption,
  zoneOption,
} from "../arguments.ts";

/** `hookswitch rejections` */
export const rejectionsCommand = command(
  "rejections",
  "requests that were refused, why, and what to do about it",
  "rejections --source acme-vcc --since 9:00",
)
  .addOption(sinceOption)
  .addOption(untilOption)
  .addOption(zoneOption)
  .option("--source <id>", "that named this source")
  .option("--reason <word>", "for this reason, e.g. wrong_key")
  .addOption(limitOption(20))
  .addOption(jsonOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (options) => {
    const work = await import("../events/list-rejections.ts");
    await work.listRejections(options);
  });
