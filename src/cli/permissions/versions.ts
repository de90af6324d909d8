import * as z from "zod";
import { VERSION } from "../arguments.ts";
import { readAnswer } from "../relay/answer.ts";
import { printJson } from "../relay/pages.ts";
import { tellVersions, versions } from "../relay/versions.ts";
import { describeMapDifferences } from "./diff.ts";
import { type MapOptions, type Operands, openTarget, sortOperands } from "./target.ts";

/** `json`: the relay's answer is printed as it is. */
interface VersionsOptions extends MapOptions {
  readonly json?: boolean | undefined;
}

const changes = versions.shape.items.element.omit({ newest: true }).extend({
  difference: z
    .object({
      text: z.string(),
      owners: z.number(),
      changes: z.array(z.object({ owner: z.string(), before: z.string().optional(), after: z.string().optional() })),
    })
    .optional(),
});

/** Lists the versions of a map; of one that is named, tells what it changed of the one before it. */
export async function tellMapVersions(operands: Operands, options: VersionsOptions): Promise<void> {
  const { source, last: version } = sortOperands(operands, options, (text) => VERSION.test(text));
  const { relay, path } = await openTarget(options, source);
  const isListed = version === undefined;
  const given = await relay.call("GET", `${path}/versions${isListed ? "" : `/${version}/changes`}`);
  if (options.json) return printJson(given);
  if (isListed) return tellVersions(readAnswer(versions, given), "no map was put yet; permissions push puts one");
  const { difference, ...about } = readAnswer(changes, given);
  tellVersions({ items: [{ ...about, newest: false }] });
  if (difference === undefined) return console.log("the version before it is not kept any more");
  console.log(difference.text);
  if (difference.changes.length > 0) console.log(describeMapDifferences(difference.changes).join("\n"));
  const more = difference.owners - difference.changes.length;
  if (more > 0) console.log(`and of ${more} more, who are not told`);
}
