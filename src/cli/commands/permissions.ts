import { command } from "../arguments.ts";
import { checkCommand } from "./permissions/check.ts";
import { diffCommand } from "./permissions/diff.ts";
import { dryRunCommand } from "./permissions/dry-run.ts";
import { explainCommand } from "./permissions/explain.ts";
import { grantCommand } from "./permissions/grant.ts";
import { importCommand } from "./permissions/import.ts";
import { pullCommand } from "./permissions/pull.ts";
import { pushCommand } from "./permissions/push.ts";
import { revokeCommand } from "./permissions/revoke.ts";
import { rollbackCommand } from "./permissions/rollback.ts";
import { statusCommand } from "./permissions/status.ts";
import { versionsCommand } from "./permissions/versions.ts";

/** `hookswitch permissions`: in the order in which one works with a map. */
export const permissionsCommand = command("permissions", "who may log in: the map of a source")
  .addCommand(checkCommand)
  .addCommand(pullCommand)
  .addCommand(pushCommand)
  .addCommand(grantCommand)
  .addCommand(revokeCommand)
  .addCommand(explainCommand)
  .addCommand(statusCommand)
  .addCommand(importCommand)
  .addCommand(diffCommand)
  .addCommand(versionsCommand)
  .addCommand(rollbackCommand)
  .addCommand(dryRunCommand);
