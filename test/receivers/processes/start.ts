import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { findFreePort } from "../../cli/free-port.ts";
import type { Language } from "./languages.ts";

/** A sample that runs, and takes deliveries at `url`. */
export interface Receiver {
  readonly url: string;
  /** The lines that it has printed. */
  readonly lines: () => string[];
  readonly close: () => Promise<void>;
}

const LOOK_MS = 50;
const PATIENCE_MS = 90_000;

/** Starts a sample as its page says, with these secrets, and waits until it answers. */
export async function startReceiver(language: Language, secrets: readonly string[]): Promise<Receiver> {
  const folder = mkdtempSync(join(tmpdir(), `hookswitch-${language.folder}-`));
  language.build?.(folder);
  const port = await findFreePort();
  const env = {
    ...process.env,
    WEBHOOK_SECRET: secrets.join(" "),
    PORT: String(port),
    DATABASE: `sqlite:${join(folder, "events.sqlite")}`,
  };
  let printed = "";
  let output = "";
  const children = language.run(port, folder).map(([program, ...parameters]): ChildProcess => {
    const child = spawn(program, parameters, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout?.on("data", (chunk) => (printed += chunk));
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    return child;
  });
  const close = async () => {
    const ends = children.filter(({ exitCode }) => exitCode === null).map((child) => once(child, "close"));
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ends);
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}/`;
  try {
    await waitForAnswer(url, () => children[0]?.exitCode === null);
  } catch {
    await close();
    throw new Error(`the receiver in ${language.name} does not answer:\n${output}`);
  }
  return { url, lines: () => printed.split("\n").filter((line) => line !== ""), close };
}

async function waitForAnswer(url: string, isAlive: () => boolean): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline && isAlive()) {
    if (await fetch(url).catch(() => undefined)) return;
    await wait(LOOK_MS);
  }
  throw new Error("no answer");
}
