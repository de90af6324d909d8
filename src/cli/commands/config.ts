import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { remarkRelay } from "../../config/remarks.ts";
import { parseRelay } from "../../config/schema/relay.ts";
import { listFaults } from "../local/documents.ts";
import { Refusal, UsageError } from "../refusal.ts";
import { openRelayClient, relayOptions } from "../relay/client.ts";
import { readNamedFile } from "../relay/read-file.ts";
import { tellRemarks, tellWritten } from "../relay/written.ts";

const options = {
  ...relayOptions,
  after: { type: "string" },
  "allow-private": { type: "boolean", default: false },
} as const;

/** Checks a configuration without any relay, or reads or replaces that of a relay. */
export async function config([action, ...args]: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [file, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`too many arguments: ${rest.join(" ")}`);
  if (action === "pull") return pull(file, values);
  if (action !== "check" && action !== "push") throw new UsageError("what? one of check, pull, push");
  if (file === undefined) throw new UsageError("which file?");
  return action === "check" ? check(file, values["allow-private"]) : push(file, values);
}

async function check(file: string, allowPrivate: boolean): Promise<number> {
  const parsed = parseRelay(await readNamedFile(file), allowPrivate);
  if (parsed.state !== "valid") throw new Refusal(`${file} is not valid:\n${listFaults(parsed.faults)}`);
  const remarks = remarkRelay(parsed.value, undefined);
  tellRemarks(remarks);
  console.log(`${file} is valid${remarks.length === 0 ? "" : `, with ${remarks.length} to look at`}`);
  return 0;
}

async function pull(file: string | undefined, values: Parameters<typeof openRelayClient>[0]): Promise<number> {
  const { text, version } = await openRelayClient(values).call("GET", "config");
  if (file === undefined) console.log(text);
  else {
    await writeFile(file, text);
    console.log(`${file} is the configuration, version ${version}; *** stands for each secret that is kept`);
  }
  return 0;
}

async function push(
  file: string,
  { after, ...values }: { after?: string | undefined } & Parameters<typeof openRelayClient>[0],
) {
  const text = await readNamedFile(file);
  const answer = await openRelayClient(values).call("PUT", "config", { body: text, onlyAfter: after });
  tellWritten(answer.text);
  return 0;
}
