import { command } from "../arguments.ts";
import { check } from "./permissions/check.ts";
import { diff } from "./permissions/diff.ts";
import { dryRun } from "./permissions/dry-run.ts";
import { explain } from "./permissions/explain.ts";
import { grant } from "./permissions/grant.ts";
import { importTable } from "./permissions/import.ts";
import { pull } from "./permissions/pull.ts";
import { push } from "./permissions/push.ts";
import { revoke } from "./permissions/revoke.ts";
import { rollback } from "./permissions/rollback.ts";
import { status } from "./permissions/status.ts";

/** `hookswitch permissions`: in the order in which one works with a map. */
export const permissions = command("permissions", "who may log in: the map of a source")
  .addCommand(check)
  .addCommand(pull)
  .addCommand(push)
  .addCommand(grant)
  .addCommand(revoke)
  .addCommand(explain)
  .addCommand(status)
  .addCommand(importTable)
  .addCommand(diff)
  .addCommand(rollback)
  .addCommand(dryRun);
