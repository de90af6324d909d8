import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { root } from "../cli/run.ts";

/** An npm script that runs in a process group of its own. */
export interface Script {
  /** npm's process id, and that of the group. */
  readonly pid: number;
  /** What it has printed so far. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** Starts `npm <args>` as a shell would: everything below it is of one process group. */
export function startNpm(args: readonly string[], environment: NodeJS.ProcessEnv): Script {
  const child: ChildProcess = spawn("npm", args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { pid: child.pid ?? 0, output: () => output, ended };
}

/** Milliseconds. */
const LOOK = 250;

/** Waits until something holds; rejects with what was printed when it does not in time. */
export async function until(script: Script, milliseconds: number, holds: () => boolean | Promise<boolean>) {
  const deadline = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms in vain:\n${script.output()}`);
    await wait(LOOK);
  }
}

/** The command lines of the group's processes that still run. */
export function runningIn(group: number): string[] {
  const rows = execFileSync("ps", ["-eo", "pgid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return rows.flatMap((row) => {
    const [, pgid, state, command] = /^\s*(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    return Number(pgid) === group && state?.startsWith("Z") === false && command !== undefined ? [command] : [];
  });
}
