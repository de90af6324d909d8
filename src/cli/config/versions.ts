import { Refusal } from "../refusal.ts";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { tellVersions, versions } from "../relay/versions.ts";
import { compareMeaning, describeDifferences } from "./diff.ts";

/** `json`: for programs. */
export interface VersionsOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Lists the versions of a relay's configuration. */
export async function listConfigVersions({ json = false, ...relay }: VersionsOptions): Promise<void> {
  const told = await openRelayClient(relay).call("GET", "config/versions");
  if (json) return console.log(told.text);
  tellVersions(readAnswer(versions, told), "no configuration was put yet; config push puts one");
}

/**
 * Tells what a version changed of the one before it. Secrets are hidden in both: that one of them changed is not seen.
 * @param which number or hash
 */
export async function tellConfigVersion(which: string, { json = false, ...options }: VersionsOptions): Promise<void> {
  const relay = openRelayClient(options);
  const { items } = readAnswer(versions, await relay.call("GET", "config/versions"));
  const position = items.findIndex(({ version, hash }) => which === String(version) || which === hash);
  const [found, before] = items.slice(position, position + 2);
  if (position < 0 || found === undefined) throw new Refusal(`no version ${which} is kept; config versions lists them`);
  const textOf = async ({ version }: typeof found) => (await relay.call("GET", `config/versions/${version}`)).text;
  const differences = compareMeaning(before && (await textOf(before)), await textOf(found));
  const { version, hash, who, at } = found;
  if (json) return console.log(JSON.stringify({ version, hash, who, at, differences }, undefined, 2));
  tellVersions({ items: [found] });
  console.log(describeDifferences(differences).join("\n"));
}
