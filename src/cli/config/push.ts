import { locate } from "../../config/documents/locate.ts";
import { refuseFaults } from "../faults.ts";
import { tellWritten } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions, RelayRefusal } from "../relay/client.ts";
import { readNamedFile } from "../relay/read-file.ts";

/** `json`: the relay's answer is printed as it is. */
export interface PushOptions extends RelayOptions {
  /** The version that must still be in force. */
  readonly after?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Replaces the configuration of a relay by a file. */
export async function pushConfig(file: string, { after, json = false, ...relay }: PushOptions): Promise<void> {
  const body = await readNamedFile(file);
  const sent = openRelayClient(relay).call("PUT", "config", { body, onlyAfter: after });
  const answer = await sent.catch((error: unknown) => {
    if (!(error instanceof RelayRefusal) || error.faults.length === 0) throw error;
    throw refuseFaults(file, locate(body, error.faults));
  });
  if (json) console.log(answer.text);
  else tellWritten(answer);
}
