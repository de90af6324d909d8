import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { tellVersions } from "../relay/versions.ts";

/** `json`: the relay's answer is printed as it is. */
export interface VersionsOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Lists the versions of a relay's configuration. */
export async function listConfigVersions({ json = false, ...relay }: VersionsOptions): Promise<void> {
  const told = await openRelayClient(relay).call("GET", "config/versions");
  if (json) return console.log(told.text);
  tellVersions(told, "no configuration was put yet; config push puts one");
}
