import { mkdir, readFile, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { inProject } from "../src/cli/local/project-path.ts";
import { columns, paint } from "../src/cli/terminal.ts";
import { cellsOf, type Measured, type Part } from "./part.ts";
import { parts } from "./parts.ts";
import { peerPart } from "./peers.ts";
import { putTables, type Result } from "./tables.ts";

const RESULTS = inProject("bench/results");
/** The pages that show tables of this bench. */
const PAGES = ["docs/performance.md", "docs/cost.md"];
const USAGE = `npm run bench -- [part …] [--peers] [--peer name=url …] [--write]

Measures all parts, or those that are named; JSON goes to bench/results.
  --peers          Node-RED with the same work, installed in a temporary folder
  --peer name=url  another relay with the same work: it takes POST with JSON at this URL, and delivers to the
                   receivers that are printed
  --write          puts the tables into ${PAGES.join(" and ")}

Parts: ${parts.map(({ name }) => name).join(", ")}`;

const { values: options, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: {
    help: { type: "boolean", short: "h" },
    peers: { type: "boolean" },
    peer: { type: "string", multiple: true, default: [] },
    write: { type: "boolean" },
  },
});
const unknown = wanted.filter((name) => !parts.some((part) => part.name === name));
if (options.help === true || unknown.length > 0) {
  console.log(unknown.length > 0 ? `There is no part ${unknown.join(", ")}.\n\n${USAGE}` : USAGE);
  process.exit(options.help === true ? 0 : 2);
}

const hasPeers = options.peers === true || options.peer.length > 0;
const chosen = parts.filter(({ name }) => (wanted.length === 0 ? !hasPeers : wanted.includes(name)));
const peers = hasPeers ? [peerPart({ withNodeRed: options.peers === true, others: options.peer })] : [];
const began = new Date();
const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
const results: Result[] = [];
for (const part of [...chosen, ...peers]) results.push({ part, measured: await run(part) });

const file = `${RESULTS}/${began.toISOString().replaceAll(":", "-")}.json`;
const figures = Object.fromEntries(results.map(({ part, measured }) => [part.name, measured.figures]));
await mkdir(RESULTS, { recursive: true });
await writeFile(file, `${JSON.stringify({ at: began.toISOString(), machine, ...figures }, undefined, 2)}\n`);
console.log(`\n${file}`);
if (options.write === true) {
  for (const page of PAGES) {
    const path = inProject(page);
    await writeFile(path, putTables(await readFile(path, "utf8"), results, { at: began, ...machine }));
  }
}

async function run(part: Part): Promise<Measured> {
  console.log(`\n${paint("bold", part.title)} (${part.name}), ${part.how}`);
  const measured = await part.run();
  console.log(columns(cellsOf(measured.rows)).join("\n"));
  return measured;
}
