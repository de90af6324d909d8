import { tellWritten } from "../relay/answer.ts";
import { openRelayClient } from "../relay/client.ts";
import type { VersionsOptions } from "./versions.ts";

/** Puts an older version of a relay's configuration in force again. */
export async function rollBackConfig(version: string, { json = false, ...relay }: VersionsOptions): Promise<void> {
  const body = JSON.stringify({ version });
  const answer = await openRelayClient(relay).call("POST", "config/rollback", { body });
  if (json) console.log(answer.text);
  else tellWritten(answer);
}
