import { parseArgs } from "node:util";
import * as z from "zod";
import { tellWritten } from "../relay/written.ts";
import { columns } from "../terminal.ts";
import { mapOptions, openTarget, type Target } from "./target.ts";

const versions = z.object({
  items: z.array(z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.string() })),
});

/** The number of a version, or its hash. */
const VERSION = /^(?:[0-9a-f]{16}|\d{1,15})$/;

/** Puts an older version of the map in force again; without one, lists those that there are. */
export async function rollback(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: mapOptions });
  const [first = ""] = positionals;
  const isSource = positionals.length === 1 && !VERSION.test(first);
  const { target, operands } = await openTarget(values, positionals, isSource ? 0 : 1);
  const [version] = operands;
  if (version === undefined) return listVersions(target);
  const answer = await target.relay.call("POST", `${target.path}/rollback`, { body: JSON.stringify({ version }) });
  tellWritten(answer.text);
  return 0;
}

async function listVersions({ relay, path }: Target): Promise<number> {
  const { items } = versions.parse(JSON.parse((await relay.call("GET", `${path}/versions`)).text));
  console.log(columns(items.map(({ version, hash, who, at }) => [String(version), hash, who, at])).join("\n"));
  return 0;
}
