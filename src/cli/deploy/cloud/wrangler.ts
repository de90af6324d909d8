import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { stripVTControlCharacters } from "node:util";
import * as z from "zod";
import { readJson } from "../../../platform/read-json.ts";
import { inProject, wranglerEnvironment } from "../../local/project-path.ts";
import { Refusal } from "../../refusal.ts";

const WRANGLER = inProject("node_modules/wrangler/bin/wrangler.js");
const token = z.object({ token: z.string() });

/** How a command of wrangler ended. */
interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of wrangler without any shell; nobody is asked anything. Rejects with what wrangler complains of. */
export async function runWrangler(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<string> {
  const { code, out, err } = await run(args, environment);
  if (code !== 0) throw new Refusal(withPermission(complaintIn(err === "" ? out : err), args));
  return out;
}

/** The token of whoever is logged in; undefined when nobody is. */
export async function readToken(): Promise<string | undefined> {
  const { code, out } = await run(["auth", "token", "--json"], {});
  return code === 0 ? token.safeParse(readJson(out)).data?.token : undefined;
}

/** Has somebody log in, in the browser. */
export async function loginToCloudflare(): Promise<void> {
  const child = spawn(process.execPath, [WRANGLER, "login"], { cwd: inProject("."), stdio: "inherit" });
  await new Promise((resolve) => child.once("close", resolve));
}

async function run(args: readonly string[], environment: NodeJS.ProcessEnv): Promise<Ended> {
  const child = spawn(process.execPath, [WRANGLER, ...args], {
    cwd: inProject("."),
    env: { ...wranglerEnvironment(), NO_COLOR: "1", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** Names the permission that is likely to be missing where Cloudflare does not take a token for something. */
function withPermission(complaint: string, [command = ""]: readonly string[]): string {
  if (!/\[code: 10000\]|Authentication error/i.test(complaint)) return complaint;
  const needed =
    command === "d1" ? '"D1: Edit"' : '"Workers Scripts: Edit" (with routes of your own also "Workers Routes: Edit")';
  return `the token may not do this; it lacks the permission ${needed}:\n  ${complaint}`;
}

/** What wrangler says is wrong, without its decoration and its advice to read a log file. */
function complaintIn(printed: string): string {
  const lines = stripVTControlCharacters(printed)
    .split("\n")
    .map((line) => line.replace(/^[✘▲\s]*\[(?:ERROR|WARNING)\]\s*/, "").trim())
    .filter((line) => line !== "" && !/Logs were written|If you think this is a bug/.test(line));
  return lines.join("\n  ") || "wrangler failed without saying why";
}
