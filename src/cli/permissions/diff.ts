import { diffPermissions } from "../../login/map/diff.ts";
import { columns, paint } from "../terminal.ts";
import { readMapFile, readRelayMap } from "./read-map.ts";
import { type MapOptions, type Operands, openTargetWithFile } from "./target.ts";

/** Shows what a push of the file would change, agent by agent and group by group. */
export async function diffMap(operands: Operands, options: MapOptions): Promise<void> {
  const { target, file } = await openTargetWithFile(operands, options);
  const [fresh, there] = [await readMapFile(file), await readRelayMap(target)];
  const differences = diffPermissions(there?.document ?? {}, fresh.document);
  const rows = differences.map(({ owner, before, after }) => {
    if (before === undefined) return [paint("green", "+"), owner, after ?? ""];
    return after === undefined
      ? [paint("red", "-"), owner, before]
      : [paint("yellow", "~"), owner, `${before}  ->  ${after}`];
  });
  console.log(rows.length === 0 ? "no difference" : columns(rows).join("\n"));
}
