import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import workerd from "workerd";
import * as z from "zod";
import type { WorkerModule } from "../../src/cli/local/build/worker-modules.ts";
import { ownChild } from "../own-child.ts";
import { type Contents, writeConfig } from "./config.ts";
import { cpuMsOf } from "./process-cpu.ts";

/** On this descriptor workerd tells where it listens. */
const CONTROL = 3;
const listening = z.object({ event: z.literal("listen"), port: z.number() });

/** A plain workerd with one Worker: no emulator, no inspector. */
export interface Workerd {
  readonly port: number;
  /** CPU that the process used since it began, milliseconds. Linux only. */
  readonly cpuMs: () => Promise<number>;
  readonly close: () => Promise<void>;
}

/** Starts a Worker with stand-ins for its stores. @param stores their Worker */
export async function openWorkerd(
  worker: readonly WorkerModule[],
  stores: readonly WorkerModule[],
  contents: Contents = {},
): Promise<Workerd> {
  const folder = await mkdtemp(join(tmpdir(), "hookswitch-floor-"));
  const files = { worker, stores };
  for (const [name, modules] of Object.entries(files)) {
    for (const module of modules) await writeFile(join(folder, `${name}-${module.path}`), module.contents);
  }
  const values = Object.entries(contents.values ?? {});
  for (const [n, [, value]] of values.entries()) await writeFile(join(folder, `value-${n}`), value);
  const config = join(folder, "config.capnp");
  await writeFile(config, writeConfig(files, contents));
  const child = spawn(workerd.default, ["serve", `--control-fd=${CONTROL}`, config], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const { exited, end } = ownChild(child);
  const close = async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  };
  const control = child.stdio[CONTROL];
  try {
    const port = control instanceof Readable ? await Promise.race([portOf(control), exited]) : undefined;
    if (port === undefined) throw new Error("workerd does not start");
    return { port, cpuMs: () => cpuMsOf(child.pid ?? 0), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function portOf(control: Readable): Promise<number | undefined> {
  for await (const line of createInterface(control)) {
    const told = listening.safeParse(JSON.parse(line)).data;
    if (told !== undefined) return told.port;
  }
  return undefined;
}
