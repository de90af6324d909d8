import { tellWritten } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { keepGrants } from "./keep-grants.ts";
import { readMapFile } from "./read-map.ts";
import { type MapOptions, type Operands, openTargetWithFile, type Target } from "./target.ts";

/** What a change needs besides. */
export interface PushOptions extends MapOptions {
  /** Also when everybody could log in then, or nobody, and without what was granted for a while. */
  readonly confirm?: boolean | undefined;
  /** The version that must still be in force. */
  readonly after?: string | undefined;
  /** The relay's answer is printed as it is. */
  readonly json?: boolean | undefined;
}

/** Replaces the map of the relay by a file. */
export async function pushFile(operands: Operands, options: PushOptions): Promise<void> {
  const { target, file } = await openTargetWithFile(operands, options);
  await pushMap(target, (await readMapFile(file)).text, options);
}

/** Replaces the map of the relay. */
export async function pushMap(target: Target, text: string, { confirm, after, json }: PushOptions): Promise<void> {
  if (!confirm && after === undefined) await keepGrants(target, text);
  const { relay, path } = target;
  const query = confirm ? "?confirm=1" : "";
  const answer = await relay.call("PUT", `${path}${query}`, { body: text, onlyAfter: after });
  if (json) printJson(answer);
  else tellWritten(answer);
}
