import { command, readListOption, urlOption } from "../arguments.ts";

/** `hookswitch send` */
export const sendCommand = command(
  "send",
  "a realistic webhook to any relay; without <kind>: which there are",
  "send voiso message.sent",
)
  .argument("[vendor]", "id of the vendor; without one: all that there are, with their kinds")
  .argument("[kind]", "name of the webhook, in any case of letters")
  .addOption(urlOption)
  .option("--source <id>", "source that gets it (the relay's first of this vendor)")
  .option("--key <key>", "key of the source (of this machine's relay: from .dev.vars)")
  .option("--config <file>", "your own configuration, which tells how a source is proved")
  .option("--body <file>", "JSON file: sent as it is instead of the sample's body")
  .option("--user <id>", "project-login: the agent, by id")
  .option("--username <name>", "project-login: the agent, by user name")
  .option("--group <id>", "project-login: the agent's group")
  .option("--projects <ids>", "project-login: the projects, 7,11", readListOption)
  .usage("[options] <vendor> <kind>")
  .action(async (vendor, kind, options) => {
    const work = await import("../webhooks/send.ts");
    await work.send(vendor, kind, options);
  });
