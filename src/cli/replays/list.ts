import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { listLines } from "./lines.ts";
import { readList } from "./view.ts";

/** Which relay, how many, and how to tell. */
export interface ListOptions extends RelayOptions {
  readonly limit: number;
  readonly json?: boolean | undefined;
}

/** Prints the replays of the last 30 days, the newest first. */
export async function listReplays({ limit, json, ...options }: ListOptions): Promise<void> {
  const answer = await openRelayClient(options).call("GET", `replays?limit=${limit}`);
  const { items, next } = readList(answer);
  if (json) console.log(answer.text);
  else if (items.length === 0) console.log("nothing was replayed in the last 30 days");
  else console.log([...listLines(items), ...(next === null ? [] : ["  …"])].join("\n"));
}
