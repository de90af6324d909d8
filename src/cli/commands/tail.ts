import {
  command,
  readReceiverUrl,
  sinceOption,
  stateOption,
  tokenOption,
  urlOption,
  wholeNumber,
  zoneOption,
} from "../arguments.ts";

const MAX_PAUSE_SECONDS = 3600;

/** `hookswitch tail` */
export const tailCommand = command(
  "tail",
  "the newest events of a relay, then each new one, each change, and refusals",
  "tail --source acme-vcc --type 'call.*'",
)
  .addOption(sinceOption)
  .addOption(zoneOption)
  .option("--source <id>", "only events of this source")
  .option("--type <type>", "only events of this type, or of a group such as call.*")
  .option("--subject <subject>", "only events about this, e.g. call/7")
  .addOption(stateOption("only those in this state"))
  .option(
    "--follow <seconds>",
    "looks again so often; 0 ends after the first look",
    wholeNumber(0, MAX_PAUSE_SECONDS),
    2,
  )
  .option(
    "--forward <url>",
    "sends each new event on, as you may see it; no destination knows of that",
    readReceiverUrl,
  )
  .option("--secret <secret>", "signs what is sent on: whsec_… or whsk_…")
  .option("--yes", "sends on also to another machine")
  .option("--json", "for programs: each as one line of JSON")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (options) => {
    const work = await import("../relay/tail/tail.ts");
    await work.tail(options);
  });
