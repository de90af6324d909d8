import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

/** One module of the built Worker; the first is its entry. */
export interface WorkerModule {
  readonly type: "ESModule" | "Text" | "Data" | "CompiledWasm";
  readonly path: string;
  readonly contents: Uint8Array<ArrayBuffer>;
}

const moduleTypes = new Map<string, WorkerModule["type"]>([
  [".js", "ESModule"],
  [".txt", "Text"],
  [".html", "Text"],
  [".sql", "Text"],
  [".bin", "Data"],
  [".wasm", "CompiledWasm"],
]);

/** The modules in a folder. Rejects where there is none. */
export async function readModules(folder: string): Promise<WorkerModule[]> {
  const names = (await readdir(folder)).sort((one, other) => Number(other === "index.js") - Number(one === "index.js"));
  const modules = names.map(async (name): Promise<WorkerModule[]> => {
    const type = moduleTypes.get(extname(name));
    return type === undefined
      ? []
      : [{ type, path: name, contents: new Uint8Array(await readFile(join(folder, name))) }];
  });
  return (await Promise.all(modules)).flat();
}

/** Writes modules into a folder, as `readModules` reads them. @returns their files, in their order */
export async function writeModules(folder: string, modules: readonly WorkerModule[]): Promise<string[]> {
  const files = modules.map(({ path, contents }) => ({ file: join(folder, path), contents }));
  await Promise.all(files.map(({ file, contents }) => writeFile(file, contents)));
  return files.map(({ file }) => file);
}
