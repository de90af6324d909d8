import type { MapDifference } from "../../login/map/diff.ts";
import { diffPermissions } from "../../login/map/diff.ts";
import { columns, paint } from "../terminal.ts";
import { readMapFile, readRelayMap } from "./read-map.ts";
import { type MapOptions, type Operands, openTargetWithFile } from "./target.ts";

/** `json`: for programs. */
interface DiffOptions extends MapOptions {
  readonly json?: boolean | undefined;
}

/** Shows what a push of the file would change, agent by agent and group by group. */
export async function diffMap(operands: Operands, { json, ...options }: DiffOptions): Promise<void> {
  const { target, file } = await openTargetWithFile(operands, options);
  const [fresh, there] = [await readMapFile(file), await readRelayMap(target)];
  const differences = diffPermissions(there?.document ?? {}, fresh.document);
  if (json) return console.log(JSON.stringify({ differences }, undefined, 2));
  console.log(differences.length === 0 ? "no difference" : describeMapDifferences(differences).join("\n"));
}

/** Differences as lines. */
export function describeMapDifferences(differences: readonly Partial<MapDifference>[]): string[] {
  const rows = differences.map(({ owner = "", before, after }) => {
    if (before === undefined) return [paint("green", "+"), owner, after ?? ""];
    return after === undefined
      ? [paint("red", "-"), owner, before]
      : [paint("yellow", "~"), owner, `${before}  ->  ${after}`];
  });
  return columns(rows);
}
