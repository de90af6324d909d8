import { spawn, spawnSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as z from "zod";
import { inProject } from "../project-path.ts";

/** The runtime's own package tells where its program is. */
const runtimePackage = z.object({ default: z.string() });
const NOTED = "src/cli/local/runtime/workerd.sh";
const END_ORPHANS = "src/cli/local/runtime/end-orphans.sh";
const END_LIMIT_MS = 5000;

/**
 * Sees to it that no runtime outlives this process, even if it is killed: each is noted beside the state, and a helper ends
 * those that are left. What an earlier start has left is ended now. Windows ends what a process has started by itself.
 * @param state folder of the local state, which nobody else uses
 */
export function watchRuntimes(state: string): void {
  if (process.platform === "win32") return;
  const list = join(state, "runtimes");
  const ender = [inProject(END_ORPHANS), list];
  if (existsSync(list)) spawnSync("sh", ender, { stdio: "ignore", timeout: END_LIMIT_MS });
  writeFileSync(list, "");
  process.env.HOOKSWITCH_RUNTIMES = list;
  process.env.HOOKSWITCH_RUNTIME ??= process.env.MINIFLARE_WORKERD_PATH ?? runtimeProgram();
  process.env.MINIFLARE_WORKERD_PATH = inProject(NOTED);
  // Its own session: what is sent to this process and all its group must not reach it.
  const helper = spawn("sh", ender, { cwd: "/", stdio: ["pipe", "ignore", "ignore"], detached: true });
  helper.unref();
  helper.on("error", () => undefined);
  const { stdin } = helper;
  if (stdin !== null && "unref" in stdin && typeof stdin.unref === "function") stdin.unref();
}

function runtimeProgram(): string {
  const loaded: unknown = createRequire(import.meta.url)("workerd");
  return runtimePackage.parse(loaded).default;
}
