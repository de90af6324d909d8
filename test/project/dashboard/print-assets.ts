import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build, transformSync } from "esbuild";

const root = join(import.meta.dirname, "../../../src/dashboard");
const DIGEST_CHARACTERS = 10;

/** The files that the dashboard's pages load, as `src/dashboard/assets/built.ts` has them. */
export async function printAssets(): Promise<string> {
  const assets = [
    toAsset("dashboard.css", "text/css; charset=utf-8", buildStyle()),
    toAsset("dashboard.js", "text/javascript; charset=utf-8", await buildScript()),
    toAsset("mark.svg", "image/svg+xml", readFileSync(join(root, "style/mark.svg"), "utf8").trim()),
  ];
  return `/**
 * What the dashboard's pages load, small, each with a digest of itself in its name.
 * Written by \`npx vitest run --project node test/project/dashboard -u\` from style/ and browser/.
 */
export const assets = {
${assets.join("\n")}
} as const;
`;
}

function toAsset(name: string, type: string, text: string): string {
  const digest = createHash("sha256").update(text).digest("hex").slice(0, DIGEST_CHARACTERS);
  const file = name.replace(".", `.${digest}.`);
  return `  ${JSON.stringify(name)}: {
    file: ${JSON.stringify(file)},
    type: ${JSON.stringify(type)},
    text: ${JSON.stringify(text)},
  },`;
}

function buildStyle(): string {
  const files = readdirSync(join(root, "style")).filter((name) => name.endsWith(".css"));
  const text = files.toSorted().map((name) => readFileSync(join(root, "style", name), "utf8"));
  return transformSync(text.join("\n"), { loader: "css", minify: true }).code.trim();
}

async function buildScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "browser/dashboard.ts")],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    legalComments: "none",
  });
  return (outputFiles[0]?.text ?? "").trim();
}
