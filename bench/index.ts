import { mkdir, writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import { bundleWorker } from "../src/cli/local/bundle.ts";
import { inProject } from "../src/cli/local/project-path.ts";
import { columns, paint } from "../src/cli/terminal.ts";
import { benchCost } from "./cost.ts";
import { benchDecide } from "./decide.ts";
import { benchGrowth } from "./growth.ts";
import { benchHang } from "./hang.ts";
import { benchAnswer, benchEdit, benchStorm } from "./login.ts";
import { benchNormalize } from "./normalize.ts";
import { benchPages, pageRows } from "./pages.ts";
import { benchAdded, benchDead } from "./responders.ts";
import { benchStartUp, startUpRows } from "./start-up.ts";

const SIZES = [100, 10_000, 100_000];
const RESULTS = inProject("bench/results");

const modules = await bundleWorker("bench/worker/index.ts");
const began = new Date();

title("The decision alone", "in this process");
const decide = SIZES.map(benchDecide);
table(
  ["agents", "MB", "read ms", "decisions/s"],
  decide.map(({ agents, megabytes, readMs, decisionsPerSecond }) => [agents, megabytes, readMs, decisionsPerSecond]),
);

title("The warm login answer", "beside a bare Hono route in the same workerd, over loopback");
const answers = [];
for (const agents of SIZES) answers.push(await benchAnswer(modules, agents));
table(
  ["agents", "p50 ms", "p99 ms", "per s", "bare p50", "bare p99", "bare per s", "ratio"],
  answers.map(({ agents, login, bare, ratio }) => [
    agents,
    login.p50,
    login.p99,
    login.perSecond,
    bare.p50,
    bare.p99,
    bare.perSecond,
    ratio,
  ]),
);

title("A storm on a new isolate", "");
const storm = await benchStorm(modules, 100_000);
table(
  ["questions", "agents", "KV reads", "seconds", "slowest ms"],
  [[storm.questions, storm.agents, storm.kvReads, storm.seconds, storm.slowestMs]],
);

title("An edit in KV by hand", "with a question each 100 ms");
const edit = await benchEdit(modules);
table(["in force after s"], [[edit.secondsUntilInForce]]);

title("A responder", "what the relay adds to its time; milliseconds, over loopback");
const added = await benchAdded(modules);
table(
  ["", "p50", "p99"],
  Object.entries(added).map(([what, { p50, p99 }]) => [what, p50, p99]),
);

title("A responder that hangs", "milliseconds, with 50 questions under way");
const dead = await benchDead(modules);
table(
  ["questions", "p50 at first", "p99 at first", "waited", "p50 known", "p99 known", "asked"],
  [
    [
      dead.questions,
      dead.unknown.p50,
      dead.unknown.p99,
      dead.unknown.waited,
      dead.known.p50,
      dead.known.p99,
      dead.known.asked,
    ],
  ],
);

title("Normalizing", "one webhook, microseconds");
const normalize = await benchNormalize();
table(
  ["vendor", "bodies", "parse", "normalize", "identify"],
  normalize.map(({ vendor, bodies, parseMicros, normalizeMicros, identifyMicros }) => [
    vendor,
    bodies,
    parseMicros,
    normalizeMicros,
    identifyMicros,
  ]),
);

title(
  "Hostile texts",
  "ms for all kinds of a vendor with each text in all places; 9 times the time is linear, 81 quadratic",
);
const growth = await benchGrowth();
table(
  ["vendor", "10 KB", "90 KB", "ratio", "steepest", "its ratio"],
  growth.map(({ vendor, smallMs, largeMs, ratio, steepest }) => [
    vendor,
    smallMs,
    largeMs,
    ratio,
    steepest.text,
    steepest.ratio,
  ]),
);

title("A healthy destination beside one that hangs", "milliseconds from being sent to having arrived");
const hang = await benchHang();
table(
  ["p50 alone", "p99 alone", "p50 beside", "p99 beside", "ratio", "slowest at first"],
  [[hang.alone.p50, hang.alone.p99, hang.besideHanging.p50, hang.besideHanging.p99, hang.ratio, hang.slowestAtFirst]],
);

title("What an event costs", "operations per event, and dollars per million events");
const cost = await benchCost();
table(
  ["destinations", "allowed", "batch", "requests", "queue ops", "gate requests", "rows", "$ delivery", "$ log"],
  cost.map((figure) => [
    figure.destinations,
    figure.allowed,
    figure.batch,
    figure.requests,
    figure.queueOperations,
    figure.gateRequests,
    figure.rows,
    figure.delivery,
    figure.log,
  ]),
);

title("The pages of the dashboard", "in a log of 1,000 events and in one of 1,000,000; milliseconds, over loopback");
const pages = await benchPages();
console.log(columns(pageRows(pages)).join("\n"));

title("The Worker", "what it weighs, and CPU until it is evaluated");
const startUp = await benchStartUp();
console.log(columns(startUpRows(startUp)).join("\n"));

const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
const results = {
  at: began.toISOString(),
  machine,
  login: { decide, answers, storm, edit },
  responders: { added, dead },
  normalize,
  growth,
  hang,
  cost,
  pages,
  startUp,
};
const file = `${RESULTS}/${began.toISOString().replaceAll(":", "-")}.json`;
await mkdir(RESULTS, { recursive: true });
await writeFile(file, `${JSON.stringify(results, undefined, 2)}\n`);
console.log(`\n${file}`);

function title(what: string, how: string): void {
  console.log(`\n${paint("bold", what)}${how === "" ? "" : `, ${how}`}`);
}

function table(headings: readonly string[], rows: readonly (readonly (string | number)[])[]): void {
  console.log(columns([headings, ...rows].map((row) => row.map(String))).join("\n"));
}
