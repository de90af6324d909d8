import * as z from "zod";
import { readAnswer } from "../relay/answer.ts";
import { openRelayClient, type RelayOptions } from "../relay/client.ts";
import { columns } from "../terminal.ts";

const answer = z.object({
  items: z.array(z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.string() })),
});

/** `json`: the relay's answer is printed as it is. */
export interface VersionsOptions extends RelayOptions {
  readonly json?: boolean | undefined;
}

/** Lists the versions of a relay's configuration. */
export async function listConfigVersions({ json = false, ...relay }: VersionsOptions): Promise<void> {
  const told = await openRelayClient(relay).call("GET", "config/versions");
  if (json) return console.log(told.text);
  const { items } = readAnswer(answer, told);
  if (items.length === 0) return console.log("no configuration was put yet; config push puts one");
  const rows = items.map(({ version, hash, who, at }, position) => {
    return [String(version), hash, `by ${who}`, at, position === 0 ? "newest" : ""];
  });
  console.log(columns(rows).join("\n"));
}
