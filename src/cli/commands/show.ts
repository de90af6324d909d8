import { command, jsonOption, tokenOption, urlOption, zoneOption } from "../arguments.ts";

/** `hookswitch show` */
export const showCommand = command(
  "show",
  "what became of an event, a receipt, a refused request or a call",
  "show rcpt_01KAG3V000000000000000000Z",
)
  .argument("<id>", "evt_…, rcpt_…, req_…, or the id of a call")
  .option("--source <id>", "whose call (every source's that has one of this id)")
  .addOption(zoneOption)
  .addOption(jsonOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (id, options) => {
    const work = await import("../events/show.ts");
    await work.show(id, options);
  });
