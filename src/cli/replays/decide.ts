import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { follow, type Told } from "./follow.ts";
import { replayLines } from "./lines.ts";
import { readView } from "./view.ts";

/** Prints one replay: what it found, began and skipped, and how that stands. */
export async function showReplay(id: string, { json, ...options }: RelayOptions & Told): Promise<void> {
  const answer = await openRelayClient(options).call("GET", `replays/${encodeURIComponent(id)}`);
  console.log(json ? answer.text : replayLines(readView(answer)).join("\n"));
}

/** Sends exactly what a dry run has found. */
export async function startReplay(id: string, { json, detach, ...options }: RelayOptions & Told): Promise<void> {
  const relay = openRelayClient(options);
  await follow(relay, await relay.call("POST", `replays/${encodeURIComponent(id)}/start`), { json, detach });
}

/** Ends a replay, and says what it had begun. */
export async function cancelReplay(id: string, { json, ...options }: RelayOptions & Told): Promise<void> {
  const answer = await openRelayClient(options).call("POST", `replays/${encodeURIComponent(id)}/cancel`);
  const { progress, ...replay } = readView(answer);
  const rest = progress.begun === 0 ? "nothing had begun" : `${progress.begun} of ${progress.found} go on`;
  console.log(json ? answer.text : `cancelled ${replay.id}; ${rest}`);
}
