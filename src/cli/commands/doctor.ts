import { command, tokenOption, urlOption } from "../arguments.ts";

/** `hookswitch doctor` */
export const doctorCommand = command(
  "doctor",
  "says how a relay is and what to do about it; sends a webhook through it",
  "doctor --url https://relay.example.com",
)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .action(async (options) => {
    const work = await import("../doctor/run.ts");
    await work.doctor(options);
  });
