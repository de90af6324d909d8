import { command, tokenOption, urlOption, wholeNumber } from "../arguments.ts";

const MAX_INCIDENTS = 200;
const USUAL_INCIDENTS = 20;

/** `hookswitch incidents` */
export const incidentsCommand = command(
  "incidents",
  "what needs or needed somebody, the open ones first",
  "incidents --url https://relay.example.com",
)
  .option("--limit <number>", "how many", wholeNumber(1, MAX_INCIDENTS), USUAL_INCIDENTS)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .action(async (options) => {
    const work = await import("../relay/incidents.ts");
    await work.listIncidents(options);
  });

incidentsCommand.addCommand(
  command("ack", "says that you see to an incident; it closes by itself", "incidents ack inc_01KASVS2Z0…")
    .argument("<id>", "the incident, as the list shows it")
    .addOption(urlOption)
    .addOption(tokenOption)
    .option("--json", "for programs")
    .action(async (id, options) => {
      const work = await import("../relay/incidents.ts");
      await work.acknowledgeIncident(id, options);
    }),
);

incidentsCommand.addCommand(
  command("test", "sends a test to each destination that is told of incidents", "incidents test")
    .addOption(urlOption)
    .addOption(tokenOption)
    .option("--json", "for programs")
    .action(async (options) => {
      const work = await import("../relay/incidents.ts");
      await work.testAlerts(options);
    }),
);
