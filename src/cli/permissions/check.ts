import * as z from "zod";
import { locate } from "../../config/documents/locate.ts";
import { checkPermissions } from "../../login/map/check.ts";
import { UsageError } from "../arguments.ts";
import { tellValid } from "../faults.ts";
import { readAnswer } from "../relay/answer.ts";
import { columns } from "../terminal.ts";
import { readMapFile } from "./read-map.ts";
import { type MapOptions, openTarget } from "./target.ts";

const answer = z.object({
  days: z.number(),
  asked: z.number(),
  cut: z.boolean(),
  unused: z.number(),
  rules: z.array(z.object({ owner: z.string(), position: z.number(), note: z.string().optional() })),
});

/** What is looked for. */
export interface CheckOptions extends MapOptions {
  readonly unused?: boolean | undefined;
  readonly days: number;
  /** The zone of rules that name none. */
  readonly zone: string;
}

/**
 * Checks a map without any relay, or lists the rules of the relay's map that nobody needed.
 * @param operand the file; the source when rules of the relay's map are asked for
 */
export async function checkMap(operand: string | undefined, options: CheckOptions): Promise<void> {
  if (options.unused) return listUnused(operand, options);
  if (operand === undefined) throw new UsageError("which file?");
  const { text, document } = await readMapFile(operand);
  tellValid(operand, locate(text, checkPermissions(document, options.zone, Date.now())));
}

async function listUnused(source: string | undefined, options: CheckOptions): Promise<void> {
  const { relay, path } = await openTarget(options, source);
  const told = readAnswer(answer, await relay.call("GET", `${path}/unused?days=${options.days}`));
  console.log(`${told.unused} rules were not needed by ${told.asked} logins in ${told.days} days`);
  if (told.cut) console.log("(there were more logins than can be looked at; the oldest do not count)");
  console.log(
    columns(told.rules.map(({ owner, position, note = "" }) => [owner, `rule ${position}`, note])).join("\n"),
  );
}
