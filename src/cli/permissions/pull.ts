import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { mapOptions, openTarget } from "./target.ts";

/** Prints the map of the relay, or writes it to a file. */
export async function pull(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: mapOptions });
  const [first = ""] = positionals;
  // A lone operand is a file if it looks like one.
  const isSource = values.source === undefined && positionals.length === 1 && !/[./]/.test(first);
  const { target, operands } = await openTarget(values, positionals, isSource ? 0 : 1);
  const { text, version } = await target.relay.call("GET", target.path);
  const [file] = operands;
  if (file === undefined) console.log(text);
  else {
    await writeFile(file, text);
    console.log(`${file} is the map of ${target.source}, version ${version}`);
  }
  return 0;
}
