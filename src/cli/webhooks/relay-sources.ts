import { parseKeptRelay } from "../../config/parse-relay.ts";
import { localRelayUrl, openRelayClient, type RelayOptions, RelayRefusal, tokenFor } from "../relay/client.ts";
import type { Sources } from "./own-sources.ts";

/** The sources in force at a relay. Rejects with a Refusal when it does not tell them. */
export async function readRelaySources(options: RelayOptions): Promise<Sources> {
  const { text } = await openRelayClient(options).call("GET", "config");
  const parsed = parseKeptRelay(text, { allowPrivate: true });
  return parsed.state === "invalid" ? {} : parsed.value.sources;
}

/** The sources in force on this machine; undefined where no relay runs on it. Rejects with a Refusal where it does not tell them. */
export async function readLocalSources(token: string | undefined): Promise<Sources | undefined> {
  const options = { url: localRelayUrl(), token };
  if (tokenFor(options.url, options) === undefined) return undefined;
  return readRelaySources(options).catch((error: unknown) => {
    if (error instanceof RelayRefusal) throw error;
    return undefined;
  });
}
