import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { anyEventJsonSchema, dataJsonSchema, dataVersions, eventJsonSchema } from "../../src/events/schemas.ts";
import { eventTypes } from "../../src/events/types.ts";
import { version } from "../../src/version.ts";

const root = resolve(import.meta.dirname, "../..");

/** Makes the folder of the package `hookswitch-events`, ready for `npm publish`: code, types, schemas, examples. */
function packEvents(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  const sources = join(folder, "src");
  mkdirSync(sources, { recursive: true });
  for (const name of ["index.ts", "parse.ts", "secret.ts", "verify.ts"]) {
    cpSync(join(root, "packages/events", name), join(sources, name));
  }
  cpSync(join(root, "src/events/index.ts"), join(sources, "events.ts"));
  compile(sources, folder);
  rmSync(sources, { recursive: true });
  for (const [path, schema] of schemas()) writeJson(join(folder, "schemas", path), schema);
  cpSync(join(root, "src/events/examples"), join(folder, "examples"), { recursive: true });
  cpSync(join(root, "packages/events/README.md"), join(folder, "README.md"));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  writeJson(join(folder, "package.json"), manifest);
}

const manifest = {
  name: "hookswitch-events",
  version,
  description: "Events of a hookswitch relay: verify deliveries, types of TypeScript, JSON Schemas.",
  license: "Apache-2.0",
  keywords: ["hookswitch", "webhooks", "cloudevents", "standard-webhooks", "contact-center"],
  type: "module",
  sideEffects: false,
  engines: { node: ">=20" },
  exports: {
    ".": { types: "./index.d.ts", default: "./index.js" },
    "./schemas/*": "./schemas/*",
    "./examples/*": "./examples/*",
    "./package.json": "./package.json",
  },
  files: ["*.js", "*.d.ts", "schemas", "examples"],
};

function compile(sources: string, folder: string): void {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022", "dom", "dom.iterable"],
    types: [],
    strict: true,
    declaration: true,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
    rootDir: sources,
    outDir: folder,
  };
  // Beside the sources, so that they are of a module.
  writeJson(join(folder, "package.json"), { type: "module" });
  writeJson(join(sources, "tsconfig.json"), { compilerOptions, files: ["index.ts"] });
  const compiler = join(root, "node_modules/typescript/lib/tsc.js");
  execFileSync(process.execPath, [compiler, "-p", sources], { stdio: "inherit" });
}

function schemas(): (readonly [path: string, schema: object])[] {
  return [
    ["events.json", anyEventJsonSchema()],
    ...eventTypes.flatMap((type): (readonly [string, object])[] => [
      [`events/${type}.json`, eventJsonSchema(type)],
      ...Array.from({ length: dataVersions(type) }, (_, index): readonly [string, object] => {
        return [`data/${type}/${index + 1}.json`, dataJsonSchema(type, index + 1)];
      }),
    ]),
  ];
}

function writeJson(path: string, value: object): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, undefined, 2)}\n`);
}

/** Whether all that a folder holds may go: there is nothing, or what this made before. */
function mayGo(folder: string): boolean {
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) return false;
  if (readdirSync(folder).length === 0) return true;
  const made = join(folder, "package.json");
  return existsSync(made) && readFileSync(made, "utf8").includes(`"name": "${manifest.name}"`);
}

const [folder = join(root, "dist-events")] = process.argv.slice(2);
if (mayGo(resolve(folder))) {
  packEvents(resolve(folder));
  console.log(`hookswitch-events ${version} is in ${folder}: look at it with npm pack --dry-run, then npm publish`);
} else {
  console.error(`${folder} holds other things, which would be deleted; name a folder that is empty or new`);
  process.exitCode = 1;
}
