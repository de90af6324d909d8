import type { ChildProcess } from "node:child_process";

/** A process that ends with this one at the latest. */
export interface OwnChild {
  readonly exited: Promise<void>;
  /** Ends it, and waits until it has. */
  readonly end: () => Promise<void>;
}

/** Sees to it that a process is not left behind. */
export function ownChild(child: ChildProcess): OwnChild {
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const end = async () => {
    process.off("exit", kill);
    kill();
    await exited;
  };
  return { exited, end };
}
