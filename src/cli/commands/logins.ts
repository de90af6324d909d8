import { Option } from "@commander-js/extra-typings";
import { command, readZone, tokenOption, urlOption, wholeNumber } from "../arguments.ts";

const MAX_LOGINS = 10_000;
const USUAL_LOGINS = 20;

/** `hookswitch logins` */
export const loginsCommand = command(
  "logins",
  "who asked to log in, and what the guard said, the newest first",
  "logins --refused --since 9:00",
)
  .option("-s, --source <id>", "only of this source")
  .option("--agent <agent>", "only this agent, by id or user name")
  .addOption(new Option("--refused", "only those that were refused").conflicts("granted"))
  .option("--granted", "only those that were granted")
  .option("--since <time>", "from this time on, e.g. 9:02 or 'yesterday 9:02'")
  .option("--until <time>", "before this time")
  .option("--zone <zone>", "zone of these times (the source's, else UTC)", readZone)
  .option("--limit <number>", "how many", wholeNumber(1, MAX_LOGINS), USUAL_LOGINS)
  .option("--json", "prints them as the relay answers them")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (options) => {
    const { listLogins } = await import("../relay/logins.ts");
    await listLogins(options);
  });
