import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { Refusal, UsageError } from "../refusal.ts";
import { decodeFile } from "../relay/decode-file.ts";
import { readNamedBytes } from "../relay/read-file.ts";
import { readCsv } from "./csv.ts";
import { importMap, isHeading } from "./import-map.ts";
import { confirmOption, pushMap } from "./push.ts";
import { mapOptions, openTarget } from "./target.ts";

const ADVICE = "say which one it is: --encoding windows-1252 (Western Europe), windows-1250 (Central Europe), ...";

/** Makes a map of a CSV table: printed, written to a file, or pushed in the place of the relay's map. */
export async function importTable(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      ...mapOptions,
      ...confirmOption,
      out: { type: "string" },
      push: { type: "boolean", default: false },
      encoding: { type: "string" },
    },
  });
  const [file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new UsageError("which file?");
  const table = decodeFile(await readNamedBytes(file), file, values.encoding, ADVICE);
  const { map, rows, agents, projects, faults } = importMap(readCsv(table, isHeading));
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
