import * as z from "zod";
import { readAnswer, tellWritten } from "../relay/answer.ts";
import { columns } from "../terminal.ts";
import { type MapOptions, type Operands, openTarget, sortOperands, type Target } from "./target.ts";

const versions = z.object({
  items: z.array(z.object({ version: z.number(), hash: z.string(), who: z.string(), at: z.string() })),
});

/** The number of a version, or its hash. */
const VERSION = /^(?:[0-9a-f]{16}|\d{1,15})$/;

/** Puts an older version of the map in force again; without one, lists those that there are. */
export async function rollBackMap(operands: Operands, options: MapOptions): Promise<void> {
  const { source, last: version } = sortOperands(operands, options, (text) => VERSION.test(text));
  const target = await openTarget(options, source);
  if (version === undefined) return listVersions(target);
  const body = JSON.stringify({ version });
  tellWritten(await target.relay.call("POST", `${target.path}/rollback`, { body }));
}

async function listVersions({ relay, path }: Target): Promise<void> {
  const { items } = readAnswer(versions, await relay.call("GET", `${path}/versions`));
  console.log(columns(items.map(({ version, hash, who, at }) => [String(version), hash, who, at])).join("\n"));
}
