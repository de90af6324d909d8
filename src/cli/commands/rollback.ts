import { command, environmentOption } from "../arguments.ts";

/** `hookswitch rollback` */
export const rollbackRelayCommand = command(
  "rollback",
  "puts the version of before in force in your account, and says how it is",
  "rollback --env staging",
)
  .addOption(environmentOption)
  .option(
    "--to <version>",
    "Cloudflare's id of a version, or its beginning (the build of before); a wrong one lists them",
  )
  .option("--old-secrets", "also if secrets that were changed since come back")
  .option("--yes", "asks nothing")
  .action(async (options) => {
    const work = await import("../deploy/roll-back.ts");
    await work.rollBackRelay(options);
  });
