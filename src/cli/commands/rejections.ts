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

const tryIt = command(
  "try",
  "whether a request in a file would be refused, and why",
  "rejections try --file request.http",
)
  .option("--file <file>", "POST /in/<source>/<kind>, headers, a blank line, the body")
  .addOption(jsonOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (options) => {
    const work = await import("../events/try-request.ts");
    await work.tryRequest(options);
  });

/** `hookswitch rejections`: lists them, unless the command below says otherwise. */
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
  .addCommand(tryIt)
  .action(async (options) => {
    const work = await import("../events/list-rejections.ts");
    await work.listRejections(options);
  });
