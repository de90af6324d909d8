import { parseArgs } from "node:util";
import { diffPermissions } from "../../login/map/diff.ts";
import { UsageError } from "../refusal.ts";
import { columns, paint } from "../terminal.ts";
import { readMapFile, readRelayMap } from "./read-map.ts";
import { mapOptions, openTarget } from "./target.ts";

/** Shows what a push of the file would change, agent by agent and group by group. */
export async function diff(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: mapOptions });
  const { target, operands } = await openTarget(values, positionals, 1);
  const [file] = operands;
  if (file === undefined) throw new UsageError("which file?");
  const [fresh, there] = [await readMapFile(file), await readRelayMap(target)];
  const differences = diffPermissions(there?.document ?? {}, fresh.document);
  const rows = differences.map(({ owner, before, after }) => {
    if (before === undefined) return [paint("green", "+"), owner, after ?? ""];
    return after === undefined
      ? [paint("red", "-"), owner, before]
      : [paint("yellow", "~"), owner, `${before}  ->  ${after}`];
  });
  console.log(rows.length === 0 ? "no difference" : columns(rows).join("\n"));
  return 0;
}
