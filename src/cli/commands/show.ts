import { command, jsonOption, tokenOption, urlOption, zoneOption } from "../arguments.ts";

/** `hookswitch show` */
export const showCommand = command(
  "show",
  "what became of an event, a receipt, a refused request or a call",
  "show rcpt_01KAG3V000000000000000000Z",
)
  .argument("<id>", "evt_…, rcpt_…, req_…, or the id of a call")
  .option("--source <id>", "whose call (every source's that has one of this id)")
  .option("--reveal", "shows an event in clear; the audit tells that you saw it")
  .option("--reason <text>", "why it is revealed, which the audit keeps")
  .option("--path <path...>", "reveals these alone: data.customer.name, raw, …")
  .addOption(zoneOption)
  .addOption(jsonOption)
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (id, options) => {
    const work = await import("../events/show.ts");
    await work.show(id, options);
  });
