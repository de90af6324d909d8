import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { ProjectFolder } from "../deploy/folder.ts";

const project = new ProjectFolder();
afterAll(() => project.remove());

/** Runs a module in the project, with what it imports from there, and gives the lines that it prints. */
function run(script: string): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    cwd: project.path,
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.trimEnd().split("\n");
}

test("what was built of the same files is not built again", () => {
  // Nobody else has built it: what is kept of it is its own.
  project.write("wrangler.toml", `${project.read("wrangler.toml")}\n# ${project.path}\n`);
  const [folder, ...modules] = run(`
    import { bundleWorker } from "./src/cli/local/build/bundle.ts";
    import { keepBuild, keptBuildFolder } from "./src/cli/local/build/kept-build.ts";
    const folder = await keptBuildFolder();
    console.log(folder);
    await keepBuild(folder, [{ type: "ESModule", path: "index.js", contents: new TextEncoder().encode("kept") }]);
    for (const { path, contents } of await bundleWorker()) console.log(path, new TextDecoder().decode(contents));
  `);
  if (folder !== undefined) rmSync(folder, { recursive: true });
  expect(modules).toEqual(["index.js kept"]);
});

test("a change in any file, one more, and one of another name are another build", () => {
  const changed = ["src/problem.ts", "src/login/map/check.ts", "wrangler.toml", "tsconfig.json"];
  const folders = run(`
    import { appendFileSync, renameSync, writeFileSync } from "node:fs";
    import { keptBuildFolder } from "./src/cli/local/build/kept-build.ts";
    const tell = async () => console.log(await keptBuildFolder());
    await tell();
    for (const name of ${JSON.stringify(changed)}) {
      appendFileSync(name, "\\n");
      await tell();
    }
    writeFileSync("src/more.txt", "");
    await tell();
    renameSync("src/more.txt", "src/other.txt");
    await tell();
    await tell();
  `);
  expect(new Set(folders).size).toBe(folders.length - 1);
  expect(folders.at(-1)).toBe(folders.at(-2));
});
