import { command, tokenOption, urlOption } from "../arguments.ts";

const check = command("check", "names each fault of a configuration file, without any relay", "config check relay.json")
  .argument("<file>", "the configuration")
  .option("--allow-private", "destinations may be on this machine or in a private network")
  .action(async (file, { allowPrivate }) => {
    const { checkConfig } = await import("../relay/config.ts");
    await checkConfig(file, allowPrivate === true);
  });

const pull = command("pull", "reads the configuration of a relay; *** stands for each secret", "config pull relay.json")
  .argument("[file]", "where it is written; without one: printed")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (file, options) => {
    const { pullConfig } = await import("../relay/config.ts");
    await pullConfig(file, options);
  });

const push = command("push", "replaces the configuration of a relay", "config push relay.json --after 9b74c9897bac770f")
  .argument("<file>", "the configuration; *** keeps a secret that is there")
  .option("--after <version>", "only if this version is still in force")
  .addOption(urlOption)
  .addOption(tokenOption)
  .action(async (file, { after, ...relay }) => {
    const { pushConfig } = await import("../relay/config.ts");
    await pushConfig(file, after, relay);
  });

/** `hookswitch config` */
export const configCommand = command(
  "config",
  "checks a configuration file, reads or replaces the configuration of a relay",
)
  .addCommand(check)
  .addCommand(pull)
  .addCommand(push);
