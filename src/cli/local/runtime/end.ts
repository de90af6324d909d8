import { readFileSync } from "node:fs";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
/** How often to look whether npm is still there; milliseconds. */
const LOOK_MS = 500;

/**
 * Ends this process on a signal, and soon after the npm that started it is gone. What runs below it (the runtime, a
 * build) is ended by handlers of `exit`, so nothing may be awaited here. Call it before anything is started.
 * @param code the exit code: 0 where being stopped is the regular end
 */
export function endWhenTold(code: number): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(code));
  if (process.env.npm_command === undefined) return;
  const starter = findStarter();
  setInterval(() => findStarter() !== starter && process.exit(code), LOOK_MS).unref();
}

/** npm's process id: our parent, or the parent of the shell that npm put between. */
function findStarter(): string {
  const parent = String(process.ppid);
  try {
    // proc(5): pid (comm) state ppid …
    const [, command, grandparent] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${parent}/stat`, "utf8")) ?? [];
    return command === "sh" && grandparent !== undefined ? grandparent : parent;
  } catch {
    return parent;
  }
}
