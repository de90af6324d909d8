import { writeFile } from "node:fs/promises";
import { parseRelay } from "../../config/parse-relay.ts";
import { remarkRelay } from "../../config/remarks.ts";
import { acceptValid, tellValid } from "../faults.ts";
import { tellWritten } from "./answer.ts";
import { openRelayClient, type RelayOptions } from "./client.ts";
import { readNamedFile } from "./read-file.ts";

/** Checks a configuration without any relay. */
export async function checkConfig(file: string, allowPrivate: boolean): Promise<void> {
  const document = acceptValid(file, parseRelay(await readNamedFile(file), { allowPrivate }));
  tellValid(file, remarkRelay(document, undefined));
}

/** Prints the configuration of a relay, or writes it to a file. */
export async function pullConfig(file: string | undefined, options: RelayOptions): Promise<void> {
  const { text, version } = await openRelayClient(options).call("GET", "config");
  if (file === undefined) return console.log(text);
  await writeFile(file, text);
  console.log(`${file} is the configuration, version ${version}; *** stands for each secret that is kept`);
}

/**
 * Replaces the configuration of a relay by a file.
 * @param after the version that must still be in force
 */
export async function pushConfig(file: string, after: string | undefined, options: RelayOptions): Promise<void> {
  const body = await readNamedFile(file);
  tellWritten(await openRelayClient(options).call("PUT", "config", { body, onlyAfter: after }));
}
