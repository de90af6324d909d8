import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { gzipSync } from "node:zlib";
import * as z from "zod";
import { inProject, quiet } from "../src/cli/local/project-path.ts";
import { percentile, rounded } from "./figures.ts";

const TIMES = 7;
const IDLE = "(idle)";
const KB = 1000;

const run = promisify(execFile);
const wrangler = inProject("node_modules/wrangler/bin/wrangler.js");

/** As V8 writes it: which function ran at each sample, and the microseconds since the sample before. */
const profile = z.object({
  nodes: z.array(z.object({ id: z.number(), callFrame: z.object({ functionName: z.string() }) })),
  samples: z.array(z.number()),
  timeDeltas: z.array(z.number()),
});

/** What the Worker weighs, and what it takes to start it. */
export interface StartUpFigure {
  /** The commit, or that it is this tree as it stands. */
  readonly of: string;
  /** Kilobytes (1,000 bytes) of the minified modules, and gzipped. */
  readonly kilobytes: number;
  readonly gzipped: number;
  /** Milliseconds of CPU until the script is evaluated in workerd: the median, the least and the most of several starts. */
  readonly ms: number;
  readonly least: number;
  readonly most: number;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { against: { type: "string" } } });
  const figures = await benchStartUp(values.against);
  console.table(figures);
}

/**
 * Builds the Worker as a deploy does and starts it several times; the one of another commit in turn with it, so that both have
 * the same machine.
 * @param against a commit, as git names it
 */
export async function benchStartUp(against?: string): Promise<StartUpFigure[]> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-bench-"));
  const other = join(folder, "tree");
  const git = (...words: string[]) => run("git", ["-C", inProject("."), ...words]);
  try {
    if (against !== undefined) {
      await git("worktree", "add", "--detach", other, against);
      await symlink(inProject("node_modules"), join(other, "node_modules"));
    }
    const trees = [
      ...(against === undefined ? [] : [{ of: against, root: other }]),
      { of: "this tree", root: inProject(".") },
    ];
    const starts = new Map<string, number[]>(trees.map(({ of }) => [of, []]));
    for (let n = 0; n < TIMES; n++) {
      for (const { of, root } of trees) starts.get(of)?.push(await startUpMs(root, join(folder, "start.cpuprofile")));
    }
    const figures: StartUpFigure[] = [];
    for (const { of, root } of trees) {
      const ms = starts.get(of) ?? [];
      const [median = 0, least = 0, most = 0] = [percentile(ms, 0.5), Math.min(...ms), Math.max(...ms)].map((each) =>
        rounded(each, 1),
      );
      figures.push({ of, ...(await weigh(root, join(folder, `built-${figures.length}`))), ms: median, least, most });
    }
    return figures;
  } finally {
    if (against !== undefined) await git("worktree", "remove", "--force", other);
    await rm(folder, { recursive: true, force: true });
  }
}

async function weigh(root: string, folder: string): Promise<Pick<StartUpFigure, "kilobytes" | "gzipped">> {
  await ask(root, "deploy", "--dry-run", "--outdir", folder);
  const script = await readFile(join(folder, "index.js"));
  return { kilobytes: rounded(script.byteLength / KB, 1), gzipped: rounded(gzipSync(script).byteLength / KB, 1) };
}

/** As `wrangler check startup` profiles it; what was idle does not count. */
async function startUpMs(root: string, file: string): Promise<number> {
  await ask(root, "check", "startup", "--outfile", file);
  const { nodes, samples, timeDeltas } = profile.parse(JSON.parse(await readFile(file, "utf8")));
  const idle = new Set(nodes.flatMap(({ id, callFrame }) => (callFrame.functionName === IDLE ? id : [])));
  // A delta is the time that led to its sample: what ran then ran from the sample before on.
  const micros = timeDeltas.reduce((sum, delta, n) => (idle.has(samples[n] ?? 0) ? sum : sum + delta), 0);
  return micros / 1000;
}

async function ask(root: string, ...words: string[]): Promise<void> {
  await run(process.execPath, [wrangler, ...words], { cwd: root, env: { ...process.env, ...quiet } });
}
