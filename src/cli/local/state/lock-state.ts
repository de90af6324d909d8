import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Refusal } from "../../refusal.ts";

/**
 * Takes the local state for this process: two relays on one state would take each other's messages.
 * @returns gives it back
 */
export function lockState(state: string): () => void {
  const file = join(state, "relay.pid");
  makeFolder(state);
  const owner = readOwner(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) {
    throw new Refusal(
      `process ${owner} runs a relay on ${state}: end it first, or name another folder by HOOKSWITCH_STATE (if ${owner} is no relay, delete ${file})`,
    );
  }
  writeFileSync(file, String(process.pid));
  const unlock = () => rmSync(file, { force: true });
  process.once("exit", unlock);
  return () => {
    process.off("exit", unlock);
    unlock();
  };
}

/** Node.js's own way to make all folders of a path never ends where one of them cannot be made (`/proc/x`). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
}

function readOwner(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a process runs, be it somebody else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0) && !hasEnded(pid);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Whether a process was killed and only waits for somebody to ask how it ended, where the system tells that (Linux). */
function hasEnded(pid: number): boolean {
  try {
    return /\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
