import { command, tokenOption, urlOption } from "../arguments.ts";

/** Each of them is done to one destination, which it names. */
const acts = [
  ["pause", "stops all deliveries to a destination; they wait"],
  ["resume", "ends a pause and closes the breaker; what waited goes on"],
  ["rotate", "makes a new signing secret, shown once; the one before signs beside it"],
  ["test", "sends a destination one signed sample, and tells what it answered"],
] as const;

/** `hookswitch destinations` */
export const destinationsCommand = command(
  "destinations",
  "where events go: health, what waits, breaker and next probe",
  "destinations crm --url https://relay.example.com",
)
  .argument("[id]", "this one alone, with what last went wrong")
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .action(async (id, options) => {
    const work = await import("../relay/destinations.ts");
    await work.listDestinations(id, options);
  });

for (const [act, summary] of acts) {
  destinationsCommand.addCommand(
    command(act, summary, `destinations ${act} crm`)
      .argument("<id>", "the destination")
      .addOption(urlOption)
      .addOption(tokenOption)
      .option("--json", "for programs")
      .action(async (id, options) => {
        const work = await import("../relay/destinations.ts");
        if (act === "rotate") await work.rotateSecret(id, options);
        else await work[act === "test" ? "testDestination" : "changeDestination"](id, { ...options, act });
      }),
  );
}
