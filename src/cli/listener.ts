import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

const LISTENS = "0A";
const LIMIT_MS = 2000;

/** Which program listens on a TCP port of this machine, as `node (process 4711)`; undefined where that cannot be known. */
export function whoListens(port: number): string | undefined {
  try {
    return process.platform === "linux" ? lookIntoProc(port) : askLsof(port);
  } catch {
    return undefined;
  }
}

/** Other people's processes hide what they have open. proc(5): the socket's inode is the tenth column. */
function lookIntoProc(port: number): string | undefined {
  const hex = port.toString(16).toUpperCase().padStart(4, "0");
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .map((line) => line.trim().split(/\s+/))
      .filter(([, local = "", , state]) => local.endsWith(`:${hex}`) && state === LISTENS)
      .map((columns) => `socket:[${columns[9]}]`),
  );
  const pid = readdirSync("/proc").find((name) => /^\d+$/.test(name) && hasOpen(name, sockets));
  return pid === undefined ? undefined : named(pid, basename(linkOf(`/proc/${pid}/exe`)));
}

function hasOpen(pid: string, sockets: readonly string[]): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.includes(linkOf(`/proc/${pid}/fd/${fd}`)));
  } catch {
    return false;
  }
}

/** A file that was closed meanwhile leads nowhere. */
function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function askLsof(port: number): string | undefined {
  const { stdout } = spawnSync("lsof", ["-nP", `-iTCP:${port}`, "-sTCP:LISTEN", "-Fpc"], {
    encoding: "utf8",
    timeout: LIMIT_MS,
  });
  const [, pid, name] = /^p(\d+)\nc(.*)$/m.exec(stdout ?? "") ?? [];
  return pid === undefined || name === undefined ? undefined : named(pid, name);
}

function named(pid: string, name: string): string {
  return `${name} (process ${pid})`;
}
