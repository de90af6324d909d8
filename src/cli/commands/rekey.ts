import { command, jsonOption, tokenOption, urlOption } from "../arguments.ts";

/** `hookswitch rekey` */
export const rekeyCommand = command(
  "rekey",
  "seals a configuration's secrets anew, once RELAY_KEY was changed",
  "rekey --url https://relay.example.com",
)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (options) => {
    const work = await import("../people/rekey.ts");
    await work.rekey(options);
  });
