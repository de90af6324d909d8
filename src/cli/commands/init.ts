import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { planName } from "../../config/plan.ts";
import { vendorIds } from "../../vendors/index.ts";
import { command, readZone } from "../arguments.ts";

/** `hookswitch init` */
export const initCommand = command(
  "init",
  "writes a first configuration, map and keys; asks, unless vendors are given",
  "init --vendor voiso --destination https://crm.example.com/hooks",
)
  .addOption(new Option("--vendor <id...>", "the vendors that send, each as a source of its own").choices(vendorIds))
  .option("--zone <zone>", "IANA time zone of the contact center (this machine's)", readZone)
  .option("--destination <url...>", "where the events are sent", addUrl)
  .addOption(new Option("--plan <name>", "Cloudflare's plan of the account").choices(planName.options))
  .option("--json", "for programs")
  .action(async (options) => {
    const work = await import("../init/run.ts");
    await work.init(options);
  });

function addUrl(text: string, before: readonly string[] = []): readonly string[] {
  const url = URL.canParse(text) ? text : "";
  if (!url.startsWith("https://")) throw new InvalidArgumentError("It has to begin with https://.");
  return [...before, url];
}
