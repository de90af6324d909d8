import { writeFile } from "node:fs/promises";
import { type MapOptions, type Operands, openTarget, sortOperands } from "./target.ts";

/** Prints the map of the relay, or writes it to a file. A lone operand is a file if it looks like one. */
export async function pullMap(operands: Operands, options: MapOptions): Promise<void> {
  const { source: named, last: file } = sortOperands(operands, options, (text) => /[./]/.test(text));
  const { relay, source, path } = await openTarget(options, named);
  const { text, version } = await relay.call("GET", path);
  if (file === undefined) return console.log(text);
  await writeFile(file, text);
  console.log(`${file} is the map of ${source}, version ${version}`);
  console.log(`  permissions push ${file} --after ${version}  writes over no change of others`);
}
