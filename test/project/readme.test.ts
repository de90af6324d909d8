import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };

const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => join("docs", file)),
]
  .filter((file) => file.endsWith(".md"))
  .map((file) => ({ file, text: readFileSync(file, "utf8") }));

const found = (pattern: RegExp) => [
  ...new Set(pages.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = ""]) => name))),
];

describe("the documentation", () => {
  it.each(pages)("$file links only to what is there", ({ file, text }) => {
    const links = [...text.matchAll(/\]\(([^)#]+?)(?:#[^)]*)?\)/g)].map(([, link = ""]) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    expect(local.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([]);
  });

  it("names only scripts that package.json has", () => {
    const scripts: Record<string, string> = manifest.scripts;
    expect(found(/npm run ([a-z:]+)/g).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("names only files that are there", () => {
    const named = found(/`((?:src|test|docs)\/[\w./-]+)`/g).filter((path) => !path.includes("…"));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("runs only tests that are there", () => {
    const run = found(/npx vitest(?: run)? --project \w+ ([\w./-]+)/g);
    expect(run.length).toBeGreaterThan(3);
    expect(run.filter((path) => !existsSync(path))).toEqual([]);
  });

  it("names only commands that the command line has", () => {
    const help = execFileSync("node", ["src/cli/hookswitch.js", "--help"], { encoding: "utf8" });
    const commands = found(/npx hookswitch ([a-z]+)/g);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.filter((name) => !new RegExp(`^\\s*${name}\\b`, "m").test(help))).toEqual([]);
  });
});
