import { writeFile } from "node:fs/promises";
import { Refusal } from "../refusal.ts";
import { decodeFile } from "../relay/decode-file.ts";
import { readNamedBytes } from "../relay/read-file.ts";
import { readCsv } from "./csv.ts";
import { importMap, isHeading } from "./import-map.ts";
import { type PushOptions, pushMap } from "./push.ts";
import { openTarget } from "./target.ts";

const ADVICE = "say which one it is: --encoding windows-1252 (Western Europe), windows-1250 (Central Europe), ...";

/** What becomes of the map, and how the table is encoded. */
export interface ImportOptions extends PushOptions {
  readonly out?: string | undefined;
  readonly encoding?: string | undefined;
  readonly push?: boolean | undefined;
}

/** Makes a map of a CSV table: printed, written to a file, or pushed in the place of the relay's map. */
export async function importTable(file: string, options: ImportOptions): Promise<void> {
  const { out, encoding, push } = options;
  const table = decodeFile(await readNamedBytes(file), file, encoding, ADVICE);
  const { map, rows, agents, projects, faults } = importMap(readCsv(table, isHeading));
  console.error(`${rows} rows: ${agents} agents, ${projects} projects, ${faults.length} faults`);
  if (faults.length > 0) {
    throw new Refusal(
      ["nothing was written; these rows make no sense:", ...faults.map((one) => `  ${one}`)].join("\n"),
    );
  }
  const text = JSON.stringify(map, undefined, 2);
  if (out !== undefined) await writeFile(out, `${text}\n`);
  if (push) await pushMap(await openTarget(options), text, options);
  if (out === undefined && !push) console.log(text);
}
