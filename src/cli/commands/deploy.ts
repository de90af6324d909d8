import { InvalidArgumentError } from "@commander-js/extra-typings";
import { command, readRelayUrl } from "../arguments.ts";

/** Names of Workers and of what belongs to them have 63 characters at most. */
const ENVIRONMENT = /^[a-z][a-z0-9-]{0,19}$/;

/** `hookswitch deploy` */
export const deployCommand = command(
  "deploy",
  "makes what is missing in your Cloudflare account, migrates, deploys",
  "deploy --env staging --dry-run",
)
  .option("--env <name>", "another relay beside production's, with everything its own", readEnvironment)
  .option("--yes", "asks nothing")
  .option("--dry-run", "says what it would do, and does nothing")
  .option("--jurisdiction <name>", "where what is made now keeps its data, e.g. eu")
  .option("--url <origin>", "where the relay is reached, if not below workers.dev", readRelayUrl)
  .action(async (options) => {
    const work = await import("../deploy/run.ts");
    await work.deploy(options);
  });

function readEnvironment(text: string): string {
  if (ENVIRONMENT.test(text)) return text;
  throw new InvalidArgumentError("It has to be a word of up to 20 small letters, digits and dashes, such as staging.");
}
