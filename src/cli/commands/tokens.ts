import { Option } from "@commander-js/extra-typings";
import { roles } from "../../config/schema/access.ts";
import { command, jsonOption, tokenOption, UsageError, urlOption } from "../arguments.ts";

const list = command("list", "who has one, with which role, and when it was used last", "tokens list --json")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (options) => {
    const { tellTokens } = await import("../people/tokens.ts");
    await tellTokens(options);
  });

const create = command("create", "makes one, and shows it once", "tokens create ada-phone --role supervisor")
  .argument("<name>", "how versions, replays, pauses and the audit name it")
  .addOption(new Option("--role <role>", "what it may do").choices([...roles, "receiver"]))
  .option("--destination <id>", "the one that a receiver is bound to")
  .option("--expires <time>", "when it ends, such as 2026-12-31 (never)")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (name, { role, ...options }) => {
    if (role === undefined) throw new UsageError("which role? use --role");
    const work = await import("../people/tokens.ts");
    await work.createToken(name, role, options);
  });

const end = command("delete", "ends one, at once", "tokens delete ada-phone")
  .argument("<token>", "its name, or its id")
  .addOption(urlOption)
  .addOption(tokenOption)
  .addOption(jsonOption)
  .action(async (token, options) => {
    const work = await import("../people/tokens.ts");
    await work.deleteToken(token, options);
  });

/** `hookswitch tokens` */
export const tokensCommand = command("tokens", "named tokens: who may do what at a relay")
  .addCommand(list, { isDefault: true })
  .addCommand(create)
  .addCommand(end);
