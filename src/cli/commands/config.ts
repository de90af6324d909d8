import { command } from "../arguments.ts";
import { checkCommand } from "./config/check.ts";
import { diffCommand } from "./config/diff.ts";
import { pullCommand } from "./config/pull.ts";
import { pushCommand } from "./config/push.ts";
import { rollbackCommand } from "./config/rollback.ts";
import { versionsCommand } from "./config/versions.ts";

/** `hookswitch config`: in the order in which one works with it. */
export const configCommand = command("config", "the configuration: sources and destinations")
  .addCommand(checkCommand)
  .addCommand(pullCommand)
  .addCommand(diffCommand)
  .addCommand(pushCommand)
  .addCommand(versionsCommand)
  .addCommand(rollbackCommand);
