import {
  command,
  jsonOption,
  limitOption,
  sinceOption,
  stateOption,
  tokenOption,
  untilOption,
  urlOption,
  zoneOption,
} from "../arguments.ts";

/** `hookswitch events` */
export const eventsCommand = command(
  "events",
  "finds events: by time, source, type, state, or by any id",
  "events --since 9:00 --until 9:05 --source acme-vcc",
)
  .addOption(sinceOption)
  .addOption(untilOption)
  .addOption(zoneOption)
  .option("--source <id>", "of this source")
  .option("--type <type>", "of this type, or of a group such as call.*")
  .addOption(stateOption("those in this state"))
  .option("--destination <id>", "due to this destination, or sent there again")
  .option("--subject <subject>", "about this, e.g. call/7")
  .option("--q <text>", "any id: event, receipt, request, call, agent, phone, e-mail, customer, account")
  .addOption(limitOption(20))
  .addOption(jsonOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (options) => {
    const work = await import("../events/list-events.ts");
    await work.listEvents(options);
  });
