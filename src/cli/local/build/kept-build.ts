import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { inProject } from "../project-path.ts";
import { type WorkerModule, writeModules } from "./worker-modules.ts";

/** With what npm installed, as other tools have it: `npm ci` forgets it. */
const FOLDER = "node_modules/.cache/hookswitch";
/** All that a build is made of: the source, how it is built, and the libraries that are installed. */
const MADE_OF = ["src", "wrangler.toml", "tsconfig.json", "package-lock.json", "node_modules/.package-lock.json"];
const MAX_KEPT = 8;

/** The folder in which a build of the project as it is now is kept, or would be. */
export async function keptBuildFolder(): Promise<string> {
  const hash = createHash("sha256");
  const files = (await Promise.all(MADE_OF.map((part) => filesIn(inProject(part))))).flat();
  const texts = await Promise.all(files.map(readThere));
  for (const [n, text] of texts.entries()) {
    hash.update(`${relative(inProject("."), files[n] ?? "")} ${text.byteLength}\n`).update(text);
  }
  return join(inProject(FOLDER), hash.digest("hex"));
}

/** Every file of a folder, or the file itself; none where nothing is. In one order. */
async function filesIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return [];
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

/** An editor may take away at any time what it had just put there. */
function readThere(file: string): Promise<Uint8Array> {
  return readFile(file).catch(() => new Uint8Array());
}

/** Keeps a build, whole or not at all, and lets go of the oldest. Where it cannot be kept, the next one is built again. */
export async function keepBuild(folder: string, modules: readonly WorkerModule[]): Promise<void> {
  const all = dirname(folder);
  const unfinished = join(all, `.${randomUUID()}`);
  try {
    await mkdir(unfinished, { recursive: true });
    await writeModules(unfinished, modules);
    await rename(unfinished, folder);
    await removeOldest(all, basename(folder));
  } catch {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function removeOldest(all: string, newest: string): Promise<void> {
  const names = (await readdir(all)).filter((name) => name !== newest);
  const kept = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(all, name))).mtimeMs })));
  const old = kept.toSorted((one, other) => other.at - one.at).slice(MAX_KEPT - 1);
  for (const { name } of old) {
    // Nobody who reads one at the moment finds half of it.
    const leaving = join(all, `.${randomUUID()}`);
    await rename(join(all, name), leaving);
    await rm(leaving, { recursive: true, force: true });
  }
}
