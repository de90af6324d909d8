import { parseArgs } from "node:util";
import { UsageError } from "../refusal.ts";
import { tellWritten } from "../relay/written.ts";
import { readMapFile } from "./read-map.ts";
import { mapOptions, openTarget, type Target } from "./target.ts";

/** Options of a change that may need confirmation. */
export const confirmOption = { confirm: { type: "boolean", default: false } } as const;

/** Replaces the map of the relay by a file. */
export async function push(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...mapOptions, ...confirmOption, after: { type: "string" } },
  });
  const { target, operands } = await openTarget(values, positionals, 1);
  const [file] = operands;
  if (file === undefined) throw new UsageError("which file?");
  await pushMap(target, (await readMapFile(file)).text, values.confirm, values.after);
  return 0;
}

/**
 * Replaces the map of the relay.
 * @param after the version that must still be in force
 */
export async function pushMap({ relay, path }: Target, text: string, confirm: boolean, after?: string): Promise<void> {
  const query = confirm ? "?confirm=1" : "";
  const answer = await relay.call("PUT", `${path}${query}`, { body: text, onlyAfter: after });
  tellWritten(answer.text);
}
