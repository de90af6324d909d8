import { writeFile } from "node:fs/promises";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";

/** `json`: what was done is told for programs. */
export interface PullOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Prints the configuration of a relay, or writes it to a file. */
export async function pullConfig(file: string | undefined, { json = false, ...relay }: PullOptions): Promise<void> {
  const { text, version } = await openRelayClient(relay).call("GET", "config");
  if (file !== undefined) await writeFile(file, text);
  if (json) console.log(JSON.stringify({ version, file, ...(file === undefined ? { config: JSON.parse(text) } : {}) }));
  else if (file === undefined) console.log(text);
  else console.log(`${file} is the configuration, version ${version}; *** stands for each secret that is kept`);
}
