import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Refusal, UsageError } from "../refusal.ts";
import { readNamedFile } from "../relay/read-file.ts";
import { readCsv } from "./csv.ts";
import { importMap } from "./import-map.ts";
import { confirmOption, pushMap } from "./push.ts";
import { mapOptions, openTarget } from "./target.ts";

/** Makes a map of a CSV table: printed, written to a file, or pushed in the place of the relay's map. */
export async function importTable(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...mapOptions, ...confirmOption, out: { type: "string" }, push: { type: "boolean", default: false } },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("which file?");
  const { map, rows, agents, projects, faults } = importMap(readCsv(await readNamedFile(file)));
  console.error(`${rows} rows: ${agents} agents, ${projects} projects, ${faults.length} faults`);
  if (faults.length > 0) {
    throw new Refusal(
      ["nothing was written; these rows make no sense:", ...faults.map((one) => `  ${one}`)].join("\n"),
    );
  }
  const text = JSON.stringify(map, undefined, 2);
  if (values.out !== undefined) await writeFile(values.out, `${text}\n`);
  if (values.push) await pushMap((await openTarget(values, [], 0)).target, text, values.confirm);
  if (values.out === undefined && !values.push) console.log(text);
  return 0;
}
