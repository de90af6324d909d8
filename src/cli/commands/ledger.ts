import { InvalidArgumentError } from "@commander-js/extra-typings";
import * as z from "zod";
import { command, tokenOption, urlOption } from "../arguments.ts";

function readDay(text: string): string {
  if (z.iso.date().safeParse(text).success) return text;
  throw new InvalidArgumentError("It has to be a day, such as 2026-11-20.");
}

/** `hookswitch ledger` */
export const ledgerCommand = command(
  "ledger",
  "what became of everything that was accepted, and whether the books balance",
  "ledger --recount --since 2026-11-18",
)
  .option("--recount", "counts days again from the log, and names what differs")
  .option("--since <day>", "first day to count again (today)", readDay)
  .option("--until <day>", "last day to count again (today)", readDay)
  .addOption(urlOption)
  .addOption(tokenOption)
  .option("--json", "for programs")
  .action(async (options) => {
    const work = await import("../relay/ledger.ts");
    await work.tellLedger(options);
  });
