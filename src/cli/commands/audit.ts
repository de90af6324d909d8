import { command, jsonOption, tokenOption, urlOption, wholeNumber, zoneOption } from "../arguments.ts";

const MAX_ENTRIES = 10_000;

const list = command("list", "what was done, the newest first", "audit list --who ada-phone --since yesterday")
  .option("--who <name>", "only what this token, person or part of an address did")
  .option("--what <what>", "only on this; with a * at its end: what begins so")
  .option("--since <time>", "done at this time or later, such as 2026-11-20 9:02")
  .option("--until <time>", "done before this time")
  .addOption(zoneOption)
  .option("--limit <number>", "how many entries at most", wholeNumber(1, MAX_ENTRIES), 50)
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (options) => {
    const { tellAudit } = await import("../people/audit.ts");
    await tellAudit(options);
  });

const verify = command("verify", "looks whether the chain is whole", "audit verify --json")
  .option("--head <hash>", "a head that was noted before: it has to be in the chain still")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (options) => {
    const work = await import("../people/verify.ts");
    await work.verifyAudit(options);
  });

/** `hookswitch audit` */
export const auditCommand = command("audit", "who did what at a relay, and whether that is all of it")
  .addCommand(list, { isDefault: true })
  .addCommand(verify);
