import { command, stateOption, tokenOption, urlOption, wholeNumber, zoneOption } from "../arguments.ts";

const MAX_RATE = 1000;

/** `hookswitch replay` */
export const replayCommand = command(
  "replay",
  "delivers one event again, or all that a filter finds",
  "replay --state dead --destination crm --dry-run",
)
  .argument("[event]", "id of one event, evt_…; else a filter is needed")
  .option("--source <id>", "filter: events of this source")
  .option("--type <type>", "filter: events of this type, or of a group such as call.*")
  .option("--subject <subject>", "filter: events about this, e.g. call/7")
  .addOption(stateOption("filter: events in this state"))
  .option("--since <time>", "filter: received at this time or later, e.g. 2026-11-19")
  .option("--until <time>", "filter: received before this time")
  .addOption(zoneOption)
  .option("--destination <id>", "only the deliveries to this destination")
  .option("--to <id>", "delivers to this destination, wherever the events went before")
  .option("--renormalize", "reads the webhooks again, delivers what differs")
  .option("--dry-run", "counts what a filter finds, and delivers nothing before it is started")
  .option("--per-second <number>", "deliveries per second of what a filter finds", wholeNumber(1, MAX_RATE), 10)
  .option("--reason <words>", "why; kept with your name")
  .option("--detach", "does not wait until all that a filter finds is begun")
  .option("--json", "prints the relay's last answer as it is")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (event, options) => {
    const work = await import("../relay/replay.ts");
    await work.replayEvents(event, options);
  });
