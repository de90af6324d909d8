import { Option } from "@commander-js/extra-typings";
import { command, environmentOption, readOrigin } from "../arguments.ts";
import { jurisdictionName } from "../deploy/project/jurisdiction.ts";

/** `hookswitch deploy` */
export const deployCommand = command(
  "deploy",
  "makes what is missing in your Cloudflare account, migrates, deploys",
  "deploy --env staging --dry-run",
)
  .addOption(environmentOption)
  .option("--yes", "asks nothing")
  .option("--dry-run", "says what it would do, and does nothing")
  .addOption(
    new Option("--jurisdiction <name>", "where what is made now keeps its data").choices(jurisdictionName.options),
  )
  .option("--url <origin>", "where the relay is reached, if not below workers.dev", readOrigin)
  .action(async (options) => {
    const work = await import("../deploy/run.ts");
    await work.deploy(options);
  });
